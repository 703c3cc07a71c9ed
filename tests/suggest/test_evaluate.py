"""Measures on hand-made cases, and the evaluation as a whole."""

import json

import pytest

from digest.cli import main
from digest.errors import DigestError
from digest.suggest.corpus import Labels, parse_corpus
from digest.suggest.evaluate import evaluate, worst_confusions
from digest.suggest.folds import Split, group_folds, leave_groups_out
from digest.suggest.lexicon import Lexicon
from digest.suggest.linear import Linear
from digest.suggest.measures import Counts, count, f1_at, ndcg_at, precision_at, rank
from digest.suggest.method import Method
from digest.suggest.work import Work, make_term
from tests.suggest.garden import TERMS, make_works


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return ended.value.code


def write_corpus(path, works):
    lines = [json.dumps({"id": work.id, "title": work.title, "topics": list(work.topics)}) for work in works]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_counts_give_precision_recall_and_f1():
    counts = count(["a", "b", "c"], ["a", "d"])
    assert (counts.right, counts.wrong, counts.missing) == (1, 2, 1)
    assert (counts.precision, counts.recall, counts.f1) == pytest.approx((1 / 3, 1 / 2, 0.4))
    assert Counts().figures() == {"precision": 0, "recall": 0, "f1": 0}


def test_a_ranked_list_is_judged_by_its_head():
    ranked = rank({"a": 0.9, "b": 0.5, "c": 0.5, "d": 0.0})
    assert ranked == ["a", "b", "c"]
    assert precision_at(ranked, ["a", "c"], 5) == pytest.approx(0.4)
    assert f1_at(ranked, ["a", "c"], 2) == pytest.approx(0.5)
    assert ndcg_at(ranked, ["a"], 5) == 1
    assert ndcg_at(ranked, ["c"], 5) == pytest.approx(0.5)
    assert ndcg_at(ranked, ["c"], 2) == 0


def test_confusions_pair_what_was_missed_with_what_came_instead():
    assert worst_confusions([["b"], ["b"], ["c"]], [["a"], ["a"], ["c"]]) == [("a", "b", 2)]


def test_no_group_is_learnt_from_and_judged_on_at_once():
    works = [Work(str(n), "", group=f"g{n % 7}") for n in range(30)]
    for splits in (group_folds(works), leave_groups_out(works)):
        assert sorted(index for split in splits for index in split.test) == list(range(30))
        for split in splits:
            assert not {works[i].group for i in split.train} & {works[i].group for i in split.test}


def test_labels_of_a_corpus_may_be_ids_labels_or_synonyms_and_are_called_as_first_written():
    labels = Labels([make_term("ground", "Ground Cover", names=("ground", "ground cover", "mulch"))])
    lines = ['{"title": "a", "topics": ["Mulch"]}', "", '{"id": 7, "title": "b", "topics": ["ground", "Own"]}']
    works = parse_corpus(lines, labels, "c.jsonl")
    assert [(work.id, work.topics) for work in works] == [("1", ("Mulch",)), ("7", ("Mulch", "Own"))]
    assert [term.id for term in labels.terms] == ["Mulch", "Own"]


@pytest.mark.parametrize("line", ["{", "[]", '{"title": "a", "topics": "b"}'])
def test_a_faulty_line_of_a_corpus_is_named(line):
    with pytest.raises(DigestError, match=r"c\.jsonl:2"):
        parse_corpus(['{"title": "a"}', line], Labels([]), "c.jsonl")


def test_the_best_method_is_chosen_without_a_look_at_the_test_part():
    works = make_works(60)
    lying = [Work(work.id, work.title, topics=("shade",)) for work in make_works(30, seed=9)]
    splits = [Split(range(60), range(60, 90))]
    methods: list[Method] = [Lexicon(trains=False), Linear()]
    honest = evaluate([*works, *make_works(30, seed=9)], TERMS, splits, lambda _: methods)
    fooled = evaluate([*works, *lying], TERMS, splits, lambda _: methods)
    assert honest.best == fooled.best == "linear"


def test_a_report_has_every_figure_between_0_and_1(tmp_path, capsys):
    corpus = write_corpus(tmp_path / "c.jsonl", make_works(60))
    assert run("evaluate", "--root", tmp_path, "--corpus", corpus, "--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    names = [method["name"] for method in report["methods"]]
    assert report["best"] in names
    assert {"lexicon", "combined", "combined-without-ml"} <= set(names)
    for method in report["methods"]:
        figures = [*method["micro"].values(), *method["macro"].values()]
        figures += [method[f"{name}"] for name in ("f1@5", "ndcg@5", "ndcg@10", "precision@1", "precision@3")]
        assert all(0 <= figure <= 1 for figure in figures)
        assert {"topic", "n_train", "n_test", "precision", "recall", "f1"} <= set(method["topics"][0])
        low, high = method["intervals"]["micro_f1"]
        assert low <= method["micro"]["f1"] <= high


def test_predictions_follow_the_test_part_in_its_order(tmp_path, capsys):
    train = write_corpus(tmp_path / "train.jsonl", make_works(60))
    test = write_corpus(tmp_path / "test.jsonl", make_works(20, seed=2))
    out = tmp_path / "out.jsonl"
    options = ["--train", train, "--test", test, "--predictions", out, "--format", "json"]
    assert run("evaluate", "--root", tmp_path, *options) == 0
    assert json.loads(capsys.readouterr().out)["best"]
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["id"] for line in lines] == [f"w{n}" for n in range(20)]
    assert all(set(line["topics"]) <= set(line["scores"]) for line in lines)


def test_a_test_part_without_anything_to_learn_from_is_refused(tmp_path, capsys):
    test = write_corpus(tmp_path / "test.jsonl", make_works(5))
    assert run("evaluate", "--root", tmp_path, "--test", test) == 2
    assert "--train" in capsys.readouterr().err


def judge(tmp_path, capsys, train, test, *options):
    """What the program says of a test part, and its predictions."""
    parts = []
    for name, lines in (("train", train), ("test", test)):
        parts.append(tmp_path / f"{name}.jsonl")
        parts[-1].write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    named = ["--train", parts[0], "--test", parts[1], "--predictions", out, "--format", "json", *options]
    assert run("evaluate", "--root", tmp_path, *named) == 0
    predictions = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return json.loads(capsys.readouterr().out), predictions


def lines_of(works):
    return [{"title": work.title, "topics": list(work.topics)} for work in works]


def test_a_topic_that_every_work_carries_is_suggested_for_every_work(tmp_path, capsys):
    train = [{"title": work.title, "topics": ["only"]} for work in make_works(20)]
    report, predictions = judge(tmp_path, capsys, train, train[:5])
    assert all(line["topics"] == ["only"] for line in predictions)
    assert next(each for each in report["methods"] if each["name"] == "bayes")["micro"]["f1"] == 1


def test_works_that_say_nothing_teach_nothing(tmp_path, capsys):
    train = [{"title": title, "topics": ["shade"]} for title in ("", "a", "of", "", "")]
    _, predictions = judge(tmp_path, capsys, train, [{"title": "Trees", "topics": ["shade"]}])
    assert len(predictions) == 1


def test_where_nothing_was_tagged_the_phrases_of_the_vocabulary_serve(tmp_path, capsys):
    vocabulary = tmp_path / "topics.yml"
    vocabulary.write_text("- {id: mulch, label: Mulch}\n- {id: rain, label: Rain, alt_labels: [Drizzle]}\n")
    test = [{"title": "Drizzle on beds", "topics": ["Rain"]}, {"title": "Mulch on beds", "topics": ["MULCH"]}]
    report, predictions = judge(tmp_path, capsys, [], test, "--vocabulary", vocabulary)
    assert report["best"] == "lexicon"
    assert [line["topics"] for line in predictions] == [["Rain"], ["MULCH"]]


def test_a_suggestion_for_a_work_without_topics_counts_as_wrong_and_its_rank_is_not_judged(tmp_path, capsys):
    train, test = lines_of(make_works(60)), lines_of(make_works(20, seed=2))
    first, _ = judge(tmp_path, capsys, train, test)
    second, _ = judge(tmp_path, capsys, train, [*test, *({**line, "topics": []} for line in test)])
    for fewer, more in zip(first["methods"], second["methods"], strict=True):
        assert more["micro"]["recall"] == fewer["micro"]["recall"]
        assert more["micro"]["precision"] == pytest.approx(fewer["micro"]["precision"] / 2)
        assert more["ndcg@10"] == fewer["ndcg@10"]


def test_a_topic_of_ten_examples_counts_in_macro_even_if_no_work_judged_has_it(tmp_path, capsys):
    train = [*lines_of(make_works(60)), *({"title": f"Frost {n}", "topics": ["frost"]} for n in range(10))]
    report, _ = judge(tmp_path, capsys, train, lines_of(make_works(20, seed=2)))
    for method in report["methods"]:
        enough = [topic["f1"] for topic in method["topics"] if topic["n_train"] >= 10]
        assert len(enough) == 4
        assert method["macro"]["f1"] == pytest.approx(sum(enough) / 4)


def test_predictions_give_an_id_back_as_the_corpus_writes_it(tmp_path, capsys):
    test = [{"id": 7, "title": "a"}, {"id": "7", "title": "b"}, {"title": "c"}, {"id": 7, "title": "d"}]
    _, predictions = judge(tmp_path, capsys, lines_of(make_works(20)), test)
    assert [line["id"] for line in predictions] == [7, "7", "3", 7]
