"""`scripts/bench tagging --annif` and `scripts/bench debtags`: the same works for both; what was found, on a page."""

import json

import pytest

from tests.scripts.test_bench_tagging import found

BACKEND = {"name": "bonsai", "what": "Annif omikuji (Bonsai)", "f1@5": 0.574, "ndcg@10": 0.83, "seconds_to_learn": 9}


def beside(*backends):
    return {
        "measured": "2026-11-23",
        "corpus": "some.jsonl",
        "train": 8_000,
        "test": 2_000,
        "labels": 300,
        "labels_a_work": 4.2,
        "versions": {"annif": "1.4.3", "omikuji": "0.5.2"},
        "tokenizer": "NLTK's",
        "ours": [
            {"name": "lexicon", "f1@5": 0.1, "ndcg@10": 0.2},
            {"name": "combined", "f1@5": 0.584, "ndcg@10": 0.86},
        ],
        "best": "combined",
        "annif": [{"name": "mllm", "what": "Annif mllm", "too_long": 400}, *backends],
    }


def write(path, records):
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


def test_our_figures_stand_beside_those_of_annif_and_its_best_is_what_counts(scripts):
    pages = scripts("_benchmark_page")
    record = pages.with_tagging({**found(), "annif": beside(BACKEND, {**BACKEND, "f1@5": 0.4, "ndcg@10": 0.9})}, {})
    shown = pages.page(record)
    assert "10,000 works, 300\nlabels" in shown
    assert "| `combined` | 0.584 | 0.860 |" in shown
    assert "| Annif mllm | more than 400 s |  |" in shown
    assert "| beside Annif's best, F1@5 | 0.574 | 0.594 | 0.584 | floor |" in shown
    assert "| beside Annif's best, NDCG@10 | 0.900 | 0.920 | 0.860 | **no** |" in shown


def test_what_was_measured_on_a_file_stays_until_it_is_measured_again(scripts):
    pages = scripts("_benchmark_page")
    first = pages.with_tagging({**found(), "annif": beside(BACKEND)}, {})
    second = pages.with_tagging(found(metapsy=False), json.loads(json.dumps(first)))
    assert second["tagging"]["annif"] == first["tagging"]["annif"]
    assert second["tagging"]["metapsy"] == first["tagging"]["metapsy"]
    third = pages.with_tagging({**found(), "annif": {**beside(BACKEND), "labels": 7}}, second)
    assert third["tagging"]["annif"]["labels"] == 7


def test_the_page_says_how_long_a_whole_literature_takes_at_the_speed_that_was_measured(scripts):
    pages = scripts("_benchmark_page")
    assert "37,000,000 / 3,000 = 12,333 s, 3.4 hours" in pages.page(pages.with_tagging(found(), {}))


def test_equal_texts_are_learnt_from_or_judged_on_but_never_both_whatever_their_order(scripts, tmp_path):
    annif = scripts("_annif")
    records = [{"title": f"Title {n % 40}", "abstract": "", "topics": [f"t{n % 3}"]} for n in range(80)]
    records.append({"title": "Without topics", "topics": []})
    train, test = annif.part(annif.read_corpus(write(tmp_path / "one.jsonl", records)))
    assert (len(train), len(test)) == (64, 16)
    assert not {record["title"] for record in train} & {record["title"] for record in test}
    other = annif.part(annif.read_corpus(write(tmp_path / "other.jsonl", records[::-1])))
    assert other == (train, test)


def test_a_corpus_that_is_none_is_refused(scripts, tmp_path):
    annif, measure = scripts("_annif"), scripts("_measure")
    with pytest.raises(measure.BenchFailed, match="holds no JSON Lines"):
        annif.read_corpus(write(tmp_path / "none.jsonl", [{"title": "A"}]))


def test_annif_gets_the_same_works_as_we_do(scripts, tmp_path):
    annif = scripts("_annif")
    records = [{"title": "Kites", "abstract": "They fly.", "topics": ["use::playing", "b"]}]
    annif.write_projects(records, records, ["b", "use::playing"], tmp_path)
    assert (tmp_path / "train.tsv").read_text() == "Kites They fly.\t<http://example.org/1> <http://example.org/0>\n"
    assert (tmp_path / "vocabulary.tsv").read_text().endswith("<http://example.org/1>\tuse playing\n")
    assert "sources=parabel,bonsai" in (tmp_path / "projects.cfg").read_text()


def test_tags_are_read_one_by_one_and_those_about_the_package_itself_are_left_out(scripts):
    field = "implemented-in::c, role::program, use::{viewing, editing}, works-with-format::svg"
    assert list(scripts("_debtags").iter_tags(field)) == ["use::viewing", "use::editing", "works-with-format::svg"]


def test_where_there_are_no_lists_of_packages_that_is_said(scripts, tmp_path):
    with pytest.raises(scripts("_measure").BenchFailed, match="apt-get update"):
        scripts("_debtags").read_packages(tmp_path)
