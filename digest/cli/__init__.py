"""The command line: one file a verb, and nothing else knows click.

A verb's module is imported when it is called, so that `digest --help` stays quick.
"""

from digest.cli.main import main

__all__ = ["main"]
