"""`digest evaluate`: how good are the suggestions, and which method should be on?"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.options import HomePath, find_root, refuse_content, root_option
from digest.errors import DigestError
from digest.suggest.work import Term, Work

if TYPE_CHECKING:
    from digest.suggest.evaluate import Evaluation, Figures
    from digest.suggest.folds import Split

FILE = HomePath(exists=True, dir_okay=False)


@click.command()
@root_option
@click.option("--corpus", type=FILE, help="Tagged works as JSON Lines, judged in five parts (equal texts in one).")
@click.option("--train", type=FILE, help="Tagged works to learn from (JSON Lines).")
@click.option("--test", type=FILE, help="Tagged works to judge on (JSON Lines).")
@click.option("--vocabulary", type=FILE, help="A topics.yml (default: the digest's).")
@click.option("--without-ml", is_flag=True, help="As if the extra [ml] were not installed.")
@click.option("--predictions", type=HomePath(dir_okay=False), help="Write what the best one says.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one document.")
def command(
    root: Path,
    *,
    corpus: Path | None,
    train: Path | None,
    test: Path | None,
    vocabulary: Path | None,
    without_ml: bool,
    predictions: Path | None,
    form: str,
) -> None:
    """Measure the topic suggestions on works that somebody has tagged already.

    Without a file: on the digest's own entries, each edition judged by what all others teach. A corpus has a work a
    line, {"id"?, "title", "abstract"?, "topics": [...]}; topics may be ids, labels or synonyms of the vocabulary,
    anything else is a label of its own. With --train and --test the second is judged by what the first teaches.
    """
    from digest.suggest.evaluate import evaluate
    from digest.suggest.methods import Setting, all_methods

    if predictions is not None:
        refuse_content(predictions, root, (corpus, train, test, vocabulary))
    works, terms, splits, hints, known = _material(root, corpus, train, test, vocabulary)
    if not works:
        message = "there is nothing to measure on: no work has been tagged"
        raise DigestError(message, "tag entries, or name a file with --corpus")
    own = corpus is None and train is None
    with _progress() as on_step:
        found = evaluate(
            works,
            terms,
            splits,
            lambda size: all_methods(Setting(size, len(terms), hints, ml=not without_ml)),
            all_terms=own,
            vocabulary=known,
            on_step=on_step,
        )
    if predictions is not None:
        predictions.write_text("".join(f"{line}\n" for line in _predictions(found)), encoding="utf-8")
    if form == "json":
        click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(found))


def _material(
    root: Path, corpus: Path | None, train: Path | None, test: Path | None, vocabulary: Path | None
) -> "tuple[Sequence[Work], Sequence[Term], Sequence[Split], Sequence[Term], Sequence[Term]]":
    """Works, terms, how to part them, the vocabulary that learners may build on, and as the corpus calls its terms."""
    from digest.read import read_library
    from digest.suggest.corpus import Labels, corpus_of_library, parse_corpus
    from digest.suggest.folds import Split, group_folds, leave_groups_out

    if test is not None and train is None and corpus is None:
        message = "--test names works to judge on, but there is nothing to learn from"
        raise DigestError(message, "name a file with --train too")
    if corpus is not None and train is not None:
        message = "--corpus and --train both name works to learn from"
        raise DigestError(message, "give one of the two; --test goes with either")
    learnt = corpus or train
    if learnt is None:
        library, _ = read_library(find_root(root))
        known = _read_vocabulary(vocabulary, root)
        own = corpus_of_library(library)
        tagged = [work for work in own.works if work.topics]
        return tagged, own.terms, leave_groups_out(tagged), known, own.terms
    known = _read_vocabulary(vocabulary, root)
    labels = Labels(known)
    works = parse_corpus(_lines(learnt), labels, learnt.as_posix())
    size = len(works)
    if test is not None:
        works += parse_corpus(_lines(test), labels, test.as_posix())
        splits = [Split(range(size), range(size, len(works)))]
    elif train is not None:
        message = "--train names works to learn from, but there is nothing to judge on"
        raise DigestError(message, "name a file with --test too, or use --corpus")
    else:
        splits = group_folds(works)
    hints = known or labels.terms
    return works, labels.terms, splits, hints, labels.vocabulary


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        message = f"'{path}' is no UTF-8 text"
        raise DigestError(message, "save it as UTF-8") from error


def _read_vocabulary(path: Path | None, root: Path) -> list[Term]:
    """Terms of a topics.yml: the one named, else the digest's if there is a digest, else none."""
    from digest.read.files import list_files
    from digest.read.vocabulary import read_topics
    from digest.suggest.work import terms_of_topics

    if path is None:
        return terms_of_topics(read_topics(list_files(root))) if (root / "mkdocs.yml").is_file() else []
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "vocabulary").mkdir()
        shutil.copyfile(path, Path(folder) / "vocabulary" / "topics.yml")
        topics = read_topics(list_files(Path(folder)))
    if not topics:
        message = f"'{path}' is no list of topics"
        raise DigestError(
            message, "begin each item with `- id: ...` and give it a `label`, as in vocabulary/topics.yml"
        )
    return terms_of_topics(topics)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """What is being done, for a person; nothing for a program."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    yield lambda step: click.echo(f"\r\033[K{step} ...", err=True, nl=False)
    click.echo("\r\033[K", err=True, nl=False)


def _predictions(found: "Evaluation") -> Iterator[str]:
    outcome = found.outcomes[found.best]
    for index in found.test:
        scores = sorted(outcome.scores[index].items(), key=lambda item: (-item[1], item[0]))
        line = {
            "id": found.works[index].id if found.works[index].number is None else found.works[index].number,
            "topics": outcome.suggested[index],
            "scores": {topic: round(score, 6) for topic, score in scores},
        }
        yield json.dumps(line, ensure_ascii=False)


def as_json(found: "Evaluation") -> dict[str, Any]:
    """The whole evaluation as plain data."""
    return {"methods": [_method(figures) for figures in found.methods], "best": found.best}


def _method(figures: "Figures") -> dict[str, Any]:
    return {
        "name": figures.name,
        "micro": figures.micro.figures(),
        "macro": dict(figures.macro),
        **figures.ranked,
        "intervals": {name: list(interval) for name, interval in figures.intervals.items()},
        "topics": [
            {"topic": each.topic, "n_train": each.n_train, "n_test": each.n_test, **each.counts.figures()}
            for each in figures.topics
        ],
        "confusions": [
            {"missed": missed, "suggested": wrong, "works": number} for missed, wrong, number in figures.confusions
        ],
    }


def as_text(found: "Evaluation") -> str:
    """Tables for a person: methods, then topics and confusions of the best."""
    lines = [f"{len(found.test)} works judged. 95 % intervals in brackets.", ""]
    heads = f"{'micro F1':>22}{'macro F1':>10}{'F1@5':>8}{'NDCG@10':>9}{'P@1':>7}{'first five':>12}"
    lines.append(f"{'method':<22}{heads}")
    for each in found.methods:
        low, high = each.intervals["micro_f1"]
        ranked = each.ranked
        lines.append(
            f"{each.name:<22}{each.micro.f1:>9.3f} [{low:.3f}, {high:.3f}]{each.macro['f1']:>9.3f}"
            f"{ranked['f1@5']:>8.3f}{ranked['ndcg@10']:>9.3f}{ranked['precision@1']:>7.3f}{ranked['recall@5']:>12.3f}"
        )
    best = next(each for each in found.methods if each.name == found.best)
    lines += ["", f"Best on what was learnt from: {found.best}. By topic:", ""]
    lines.append(f"{'topic':<58}{'train':>6}{'test':>6}{'prec.':>7}{'recall':>8}{'F1':>6}")
    lines += [
        f"{each.topic[:57]:<58}{each.n_train:>6}{each.n_test:>6}{each.counts.precision:>7.2f}"
        f"{each.counts.recall:>8.2f}{each.counts.f1:>6.2f}"
        for each in best.topics
    ]
    if best.confusions:
        lines += ["", "Worst confusions (missed, suggested instead, works):", ""]
        lines += [f"  {missed} -> {wrong}: {number}" for missed, wrong, number in best.confusions]
    return "\n".join(lines)
