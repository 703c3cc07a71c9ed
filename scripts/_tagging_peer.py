"""TF-IDF with one linear model a topic: what the topic suggestions are measured against.

`_tagging_peer.py FILE` reads a corpus of `digest evaluate` (JSON Lines of title and topics), parts it as
`digest evaluate` does, and prints as JSON the models with micro and macro F1. Runs in `.venv`, with its scikit-learn.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from digest.suggest.corpus import Labels, parse_corpus
from digest.suggest.folds import group_folds

ENOUGH = 10
"""Examples from which on a topic counts in the macro figures, as in `digest evaluate`."""
FEWEST = 2
"""Examples to learn a topic from: with fewer it is never suggested."""
PAIRS = {"ngram_range": (1, 2), "sublinear_tf": True}
MODELS: list[tuple[str, dict[str, Any], Any]] = [
    ("linear SVM, words", {}, LinearSVC()),
    ("linear SVM, words and pairs, balanced", PAIRS, LinearSVC(class_weight="balanced")),
    (
        "linear SVM, words and pairs without common and rare ones, balanced",
        {**PAIRS, "stop_words": "english", "min_df": 2},
        LinearSVC(class_weight="balanced"),
    ),
    (
        "logistic regression, words and pairs, balanced",
        PAIRS,
        LogisticRegression(C=10, class_weight="balanced", max_iter=1000),
    ),
]


def main() -> None:
    """Judge every model."""
    works = parse_corpus(Path(sys.argv[1]).read_text(encoding="utf-8").split("\n"), Labels([]), sys.argv[1])
    topics = sorted({topic for work in works for topic in work.topics})
    given = np.array([[topic in work.topics for topic in topics] for work in works])
    texts = [f"{work.title}\n{work.abstract}" for work in works]
    folds = [(list(split.train), list(split.test)) for split in group_folds(works)]
    found = [{"name": name, **judge(texts, given, folds, options, model)} for name, options, model in MODELS]
    print(json.dumps({"works": len(works), "topics": len(topics), "given": int(given.sum()), "models": found}))


def judge(texts: list[str], given: Any, folds: list[tuple[list[int], list[int]]], options: Any, model: Any) -> Any:
    """Micro and macro F1 of one model a topic, each fold judged by what the others teach."""
    suggested = np.zeros(given.shape, bool)
    for train, test in folds:
        vectors = TfidfVectorizer(**options)
        known, asked = vectors.fit_transform([texts[i] for i in train]), vectors.transform([texts[i] for i in test])
        for topic in range(given.shape[1]):
            examples = given[train, topic].sum()
            if FEWEST <= examples < len(train):
                suggested[test, topic] = model.fit(known, given[train, topic]).predict(asked)
    right, either = (suggested & given).sum(0), suggested.sum(0) + given.sum(0)
    enough = given.sum(0) >= ENOUGH
    by_topic = 2 * right[enough] / np.maximum(1, either[enough])
    return {
        "micro": round(float(2 * right.sum() / max(1, either.sum())), 4),
        "macro": round(float(by_topic.mean()), 4) if enough.any() else 0.0,
    }


if __name__ == "__main__":
    main()
