"""What a work is probably about, with the evidence: suggestions for the editor, never decisions."""
