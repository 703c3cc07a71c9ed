"""How good the topic suggestions are, and how fast: on Metapsy's references, the digest's own entries, and a batch.

Runs the program of `.venv`; gives figures. Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any, Callable, Sequence

from _corpus import make_corpus
from _corpus_files import iter_files, write_files
from _measure import BenchFailed, Job, Result

import _venv

PEER = Path(__file__).with_name("_tagging_peer.py")
DIGEST = str(_venv.PROGRAMS / "digest")
METHODS = {"combined": "with `[ml]`", "combined-without-ml": "without `[ml]`", "lexicon": "lexicon alone"}
"""The program's methods, by name, and what they are called on the page."""
WORDS = 200
"""In a record's abstract."""


def measure_metapsy(file: Path, work: Path) -> dict[str, Any]:
    """Five parts, each judged by what the others teach; the program and the peer get the same file and parts."""
    tagged = read_tagged(file)
    corpus = work / "metapsy.jsonl"
    work.mkdir(parents=True, exist_ok=True)
    corpus.write_text("".join(f"{json.dumps(one)}\n" for one in tagged), encoding="utf-8")
    evaluation = ask([DIGEST, "evaluate", "--corpus", str(corpus), "--root", str(_venv.ROOT), "--format", "json"])
    peer = ask([str(_venv.PYTHON), str(PEER), str(corpus)])
    ours = {method["name"]: method for method in evaluation["methods"]}
    judged = sum(topic["n_test"] for topic in ours["combined"]["topics"])
    if judged != peer["given"]:
        raise BenchFailed(f"The program was judged on {judged} topics, the linear models on {peer['given']}.")
    return {
        "works": len(tagged),
        "titles": len({one["title"] for one in tagged}),
        "topics": peer["topics"],
        "methods": [
            {
                "name": name,
                "what": what,
                "micro": round(ours[name]["micro"]["f1"], 4),
                "macro": round(ours[name]["macro"]["f1"], 4),
                "interval": [round(bound, 4) for bound in ours[name]["intervals"]["micro_f1"]],
            }
            for name, what in METHODS.items()
        ],
        "peers": peer["models"],
    }


def read_tagged(file: Path) -> list[dict[str, Any]]:
    """`ref` as the title, and `topics`, of every line; nothing else of it, and not its order."""
    found = []
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
        for line in filter(str.strip, lines):
            record = json.loads(line)
            found.append({"title": str(record["ref"]), "topics": sorted(map(str, record["topics"]))})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BenchFailed(f"'{file}' holds no JSON Lines with `ref` and `topics` ({error!r}).") from error
    return sorted(found, key=lambda one: (one["title"], one["topics"]))


def measure_own() -> dict[str, Any]:
    """The digest's own entries, each edition judged by what all others teach."""
    evaluation = ask([DIGEST, "evaluate", "--root", str(_venv.ROOT), "--format", "json"])
    ours = {method["name"]: method for method in evaluation["methods"]}
    return {
        "topics": sum(topic["n_test"] for topic in ours["combined"]["topics"]),
        "methods": [
            {"name": name, "what": what, "first_five": round(ours[name]["recall@5"], 4)}
            for name, what in METHODS.items()
        ],
    }


def batch_jobs(entries: int, records: int, seed: int, folder: Path) -> list[Job]:
    """Tagging so many records by what a made digest of so many entries teaches; and what it costs to start.

    To start is to tag one record: reading the digest, learning, and starting the workers are all in it.
    """
    corpus = make_corpus(entries, seed)
    root = folder / "digest"
    write_files(iter_files(corpus), root)
    lines = make_records(records, seed, [sentence for entry in corpus.entries for sentence in sentences(entry.summary)])
    jobs = []
    for name, what, number in (("batch-start", "one record", 1), ("batch", f"{records:,} records", records)):
        given, output = folder / f"{name}.jsonl", folder / f"{name}.out.jsonl"
        given.write_text("".join(f"{json.dumps(line)}\n" for line in lines[:number]), encoding="utf-8")
        command = [DIGEST, "suggest", "--root", str(root), "--batch", str(given), "--output", str(output)]
        jobs.append(Job(name, f"`digest suggest --batch`, {what}", command, folder, verify=whole(output, number)))
    return jobs


def sentences(text: str) -> list[str]:
    """The plain ones."""
    return [f"{part.strip()}." for part in text.replace("\n", " ").split(". ") if part and "](" not in part]


def make_records(number: int, seed: int, said: Sequence[str]) -> list[dict[str, str]]:
    """Records with a title, and an abstract of about `WORDS` words, of sentences that entries say."""
    dice = random.Random(seed)  # noqa: S311 - made-up words, no secret
    found = []
    for count in range(1, number + 1):
        words: list[str] = []
        while len(words) < WORDS:
            words += dice.choice(said).split()
        found.append({"id": f"r{count}", "title": dice.choice(said), "abstract": " ".join(words[:WORDS])})
    return found


def whole(output: Path, number: int) -> Callable[[], dict[str, int]]:
    """A check that every record is in the output exactly once."""

    def verify() -> dict[str, int]:
        ids = [json.loads(line)["id"] for line in output.read_text(encoding="utf-8").splitlines()]
        if sorted(ids) != sorted(f"r{count}" for count in range(1, number + 1)):
            raise BenchFailed(f"{output} should hold {number:,} records, each once, and holds {len(ids):,}.")
        return {"records": len(ids)}

    return verify


def batch_figures(entries: int, records: int, seed: int, results: Sequence[Result]) -> dict[str, Any]:
    """Records a second, by medians: of the whole run, with the start taken out, and of one core's processor time."""
    jobs = [result.figures() for result in results]
    start, run = (float(job["wall"]["median"]) for job in jobs)  # type: ignore[index]
    busy = [float(job["cpu"]["median"]) for job in jobs]  # type: ignore[index]
    if run <= start or busy[1] <= busy[0]:
        raise BenchFailed("Tagging took no longer than starting: give more --records.")
    return {
        "entries": entries,
        "records": records,
        "seed": seed,
        "words": WORDS,
        "cores": os.cpu_count(),
        "jobs": jobs,
        "records_a_second": {
            "whole": round(records / run),
            "beyond_start": round(records / (run - start)),
            "a_core": round(records / (busy[1] - busy[0])),
        },
    }


def ask(command: Sequence[str]) -> Any:
    """What a command prints as JSON."""
    asked = subprocess.run(list(command), check=False, capture_output=True, cwd=str(_venv.ROOT))
    if asked.returncode:
        raise BenchFailed(f"{' '.join(command)} failed:\n{asked.stderr.decode(errors='replace')[-3000:]}")
    return json.loads(asked.stdout)
