"""`scripts/bench run --only serve`: from saving a file to the new text in a real browser."""

import pytest

pytestmark = pytest.mark.browser


def test_a_preview_is_timed_from_the_saving_to_the_new_words_on_the_page(scripts, monkeypatch, tmp_path):
    previews = scripts("_previews")
    if previews._browser.find_browser() is None:
        pytest.skip("there is no Chromium")
    monkeypatch.setattr(previews, "TURNS", 3)
    corpus = scripts("_corpus").make_corpus(3, 1)
    found = previews.measure_previews(corpus, tmp_path, None)
    assert list(found) == ["serve"]
    assert found["serve"]["runs"] == 3
    assert all(0.01 < seconds < 20 for seconds in found["serve"]["wall"]["each"])
    newest = (tmp_path / "digest" / "entries" / corpus.entries[-1].path).read_text(encoding="utf-8")
    assert scripts("_edits").word(3) in newest


def test_a_server_that_does_not_start_is_a_sentence(scripts, tmp_path, capfd):
    previews = scripts("_previews")
    if previews._browser.find_browser() is None:
        pytest.skip("there is no Chromium")
    entry = scripts("_corpus").make_corpus(1, 1).entries[0]
    with pytest.raises(scripts("_measure").BenchFailed, match="could not be measured in a browser"):
        previews.measure(["false"], tmp_path, tmp_path / "entry.md", entry)
    assert "no page at" in capfd.readouterr().err
