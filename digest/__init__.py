"""Publish research evidence: Markdown entries become a checked, linked, static digest."""
