"""Topic suggestions beside Annif's, on one corpus with labels of its own.

Both learn from the same four fifths and are judged on the same fifth. Annif (https://annif.org) has an environment of
its own. Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from pathlib import Path
from typing import Any, Sequence

import _peers
from _measure import BenchFailed
from _tagging import DIGEST, ask

PROGRAM = Path(__file__).with_name("_annif_program.py")
PACKAGES = ("annif[omikuji]",)
SEED = 1
TEST = 5
"""One in so many is judged on."""
LONGEST = 400
"""Seconds that one backend may take to learn, and again to be judged."""
MEASURES = ("f1@5", "ndcg@10")
BACKENDS = {
    "tfidf": ("Annif tfidf", {"backend": "tfidf"}),
    "mllm": ("Annif mllm", {"backend": "mllm"}),
    "parabel": ("Annif omikuji (Parabel)", {"backend": "omikuji"}),
    "bonsai": (
        "Annif omikuji (Bonsai)",
        {"backend": "omikuji", "cluster_balanced": "False", "cluster_k": "100", "max_depth": "3"},
    ),
    "svc": ("Annif svc", {"backend": "svc"}),
    "ensemble": ("Annif ensemble of the two omikuji", {"backend": "ensemble", "sources": "parabel,bonsai"}),
}
"""Annif's projects; what two have in common is in `write_projects`."""


def measure_beside_annif(file: Path, work: Path) -> dict[str, Any]:
    """F1@5 and NDCG@10 of our methods and of Annif's."""
    train, test = part(read_corpus(file))
    work.mkdir(parents=True, exist_ok=True)
    labels = sorted({topic for record in [*train, *test] for topic in record["topics"]})
    evaluation = measure_ours(train, test, work)
    programs = _peers.make_environment_of("annif", PACKAGES, None)
    write_projects(train, test, labels, work)
    theirs = [measure_backend(name, programs, work) for name in BACKENDS]
    return {
        "corpus": file.name,
        "train": len(train),
        "test": len(test),
        "labels": len(labels),
        "labels_a_work": round(sum(len(record["topics"]) for record in [*train, *test]) / (len(train) + len(test)), 1),
        "versions": _peers.versions(programs, ("annif", "omikuji", "scikit-learn")),
        "tokenizer": (work / "tokenizer.txt").read_text(encoding="utf-8"),
        "ours": [
            {"name": method["name"], **{measure: round(method[measure], 4) for measure in MEASURES}}
            for method in evaluation["methods"]
        ],
        "best": evaluation["best"],
        "annif": [each for each in theirs if each],
    }


def read_corpus(file: Path) -> list[dict[str, Any]]:
    """Title, abstract and topics of every work that has topics."""
    found = []
    try:
        for line in filter(str.strip, file.read_text(encoding="utf-8").split("\n")):
            record = json.loads(line)
            title, abstract = (" ".join(str(record.get(name) or "").split()) for name in ("title", "abstract"))
            topics = sorted({str(topic) for topic in record["topics"]})
            if topics:
                found.append({"title": title, "abstract": abstract, "topics": topics})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BenchFailed(f"'{file}' holds no JSON Lines with `title` and `topics` ({error!r}).") from error
    return sorted(found, key=lambda record: (record["title"], record["abstract"], record["topics"]))


def part(records: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Four fifths and a fifth by chance; equal texts stay together."""
    texts = sorted({(record["title"], record["abstract"]) for record in records})
    random.Random(SEED).shuffle(texts)  # noqa: S311 - a partition, no secret
    judged = set(texts[: len(texts) // TEST])
    train = [record for record in records if (record["title"], record["abstract"]) not in judged]
    test = [record for record in records if (record["title"], record["abstract"]) in judged]
    if not train or not test:
        raise BenchFailed(f"{len(records)} works are too few to learn from and to be judged on.")
    return train, test


def measure_ours(train: Sequence[dict[str, Any]], test: Sequence[dict[str, Any]], work: Path) -> Any:
    """What `digest evaluate` says. No digest is in the folder, so that the labels are all the vocabulary there is."""
    for name, records in (("train", train), ("test", test)):
        (work / f"{name}.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    files = [f"--{name}={work / file}" for name, file in (("train", "train.jsonl"), ("test", "test.jsonl"))]
    return ask([DIGEST, "evaluate", *files, f"--root={work}", "--format", "json"])


def write_projects(
    train: Sequence[dict[str, Any]], test: Sequence[dict[str, Any]], labels: Sequence[str], work: Path
) -> None:
    """Annif's vocabulary, documents and configuration."""
    address = {label: f"<http://example.org/{number}>" for number, label in enumerate(labels)}
    readable = {label: " ".join(label.replace(":", " ").split()) for label in labels}
    lines = "".join(f"{address[label]}\t{readable[label]}\n" for label in labels)
    (work / "vocabulary.tsv").write_text(lines, encoding="utf-8")
    for name, records in (("train", train), ("test", test)):
        lines = "".join(
            f"{each['title']} {each['abstract']}\t{' '.join(address[topic] for topic in each['topics'])}\n"
            for each in records
        )
        (work / f"{name}.tsv").write_text(lines, encoding="utf-8")
    common = {"language": "en", "vocab": "bench", "analyzer": "snowball(english)", "limit": "100"}
    sections = []
    for name, (what, settings) in BACKENDS.items():
        values = "".join(f"{key}={value}\n" for key, value in {"name": what, **common, **settings}.items())
        sections.append(f"[{name}]\n{values}")
    (work / "projects.cfg").write_text("\n".join(sections), encoding="utf-8")


def measure_backend(name: str, programs: Path, work: Path) -> dict[str, Any]:
    """One project's figures; nothing where it takes too long."""
    what, settings = BACKENDS[name]
    print(f"bench: {what}", flush=True)
    if not (work / "data").exists():
        annif(programs, work, "load-vocab", "--force", "--language", "en", "bench", "vocabulary.tsv")
    figures = work / f"{name}.json"
    start = time.monotonic()
    try:
        if settings["backend"] != "ensemble":
            annif(programs, work, "train", name, "train.tsv")
        learnt = time.monotonic() - start
        annif(programs, work, "eval", "--metrics-file", str(figures), name, "test.tsv")
    except subprocess.TimeoutExpired:
        return {"name": name, "what": what, "too_long": LONGEST}
    found = {key.lower(): value for key, value in json.loads(figures.read_text(encoding="utf-8")).items()}
    measured = {measure: round(found[measure], 4) for measure in MEASURES}
    return {"name": name, "what": what, **measured, "seconds_to_learn": round(learnt)}


def annif(programs: Path, work: Path, *arguments: str) -> None:
    """Run it in the folder of its projects."""
    asked = subprocess.run(
        [str(programs / "python"), str(PROGRAM), *arguments],
        check=False,
        capture_output=True,
        cwd=str(work),
        timeout=LONGEST,
        env={**os.environ, "BENCH_TOKENIZER": str(work / "tokenizer.txt"), "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    if asked.returncode:
        raise BenchFailed(f"annif {' '.join(arguments)} failed:\n{asked.stderr.decode(errors='replace')[-3000:]}")
