"""Annif's own program, in Annif's environment: `_annif_program.py ARGUMENTS` is `annif ARGUMENTS`.

Its analyzers fetch NLTK's tokenizer data from the network when they start. Where these cannot be had, words and
sentences are split by regular expressions instead, and the file that `BENCH_TOKENIZER` names says which way it was.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import nltk
from annif.cli import cli

WORD = re.compile(r"\w+|[^\w\s]")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def main() -> None:
    """Run it."""
    how = "NLTK's"
    try:
        nltk.data.find("tokenizers/punkt_tab")
    except LookupError:
        if not nltk.download("punkt_tab", quiet=True):
            how = "regular expressions, since NLTK's data could not be fetched"
            nltk.download = lambda *_, **__: False
            nltk.tokenize.word_tokenize = lambda text, *_, **__: WORD.findall(text)
            nltk.tokenize.sent_tokenize = lambda text, *_, **__: SENTENCE_END.split(text)
    Path(os.environ["BENCH_TOKENIZER"]).write_text(how, encoding="utf-8")
    cli()


if __name__ == "__main__":
    main()
