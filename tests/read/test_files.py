"""Files of the repository: which are read, and what is told of those that are not."""

import os
import socket

import pytest

from digest.read.files import MEGABYTE, list_files


def make(root, path, content=b"x"):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def problems(files):
    return [(problem.rule, problem.span.path, problem.message) for problem in files.problems]


def read(root, content, path="entries/2023-01/a.md"):
    make(root, path, content)
    files = list_files(root)
    return files, files.read(path)


def link(path, target, *, is_folder=False):
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.symlink_to(target, target_is_directory=is_folder)
    except OSError:
        pytest.skip("this system lets nobody make links")


def test_files_of_the_content_folders_are_listed_in_order(tmp_path):
    for path in ("pages/b.md", "entries/2023-01/z.md", "entries/2023-01/a.png", "notes/x.md", "README.md"):
        make(tmp_path, path)
    assert list_files(tmp_path).paths == ["entries/2023-01/a.png", "entries/2023-01/z.md", "pages/b.md"]


def test_hidden_files_and_folders_are_passed_over(tmp_path):
    for path in ("pages/.b.md", "pages/.git/c.md", "entries/.DS_Store"):
        make(tmp_path, path)
    files = list_files(tmp_path)
    assert (files.paths, files.problems) == ([], [])


def test_a_folder_without_any_content_folder_is_empty(tmp_path):
    files = list_files(tmp_path)
    assert (files.paths, files.problems) == ([], [])


def test_text_is_read_as_it_is(tmp_path):
    files, source = read(tmp_path, "é𝒂\n".encode())
    assert source is not None
    assert source.text == "é𝒂\n"
    assert files.problems == []
    assert files.read("entries/2023-01/a.md") is source


@pytest.mark.parametrize(
    ("content", "byte", "place"),
    [
        (b"one\nna\xefve\n", "0xef", (2, 3)),
        ("é𝒂".encode() + b"\xff", "0xff", (1, 3)),
        (b"\xed\xa0\x80", "0xed", (1, 1)),
        (b"one\n\xc3", "0xc3", (2, 1)),
    ],
)
def test_bytes_that_are_not_utf_8_are_told_at_their_place(tmp_path, content, byte, place):
    files, source = read(tmp_path, content)
    assert source is None
    (problem,) = files.problems
    assert problem.rule == "file-unreadable"
    assert byte in problem.message
    assert files.sources["entries/2023-01/a.md"].line_column(problem.span.start) == place


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be"])
def test_a_file_in_utf_16_is_told_as_such_and_shown_as_text(tmp_path, codec):
    files, source = read(tmp_path, "\ufeffnaïve\n".removeprefix("\ufeff" * (codec == "utf-16")).encode(codec))
    assert source is None
    (problem,) = files.problems
    assert "is UTF-16" in problem.message
    assert files.sources["entries/2023-01/a.md"].text == "naïve\n"


def test_a_nul_character_is_told_at_its_place(tmp_path):
    files, source = read(tmp_path, b"one\ntw\0o\n")
    assert source is None
    (problem,) = files.problems
    assert problem.rule == "file-unreadable"
    assert files.sources["entries/2023-01/a.md"].line_column(problem.span.start) == (2, 3)


def test_a_byte_order_mark_is_told_and_can_be_removed(tmp_path):
    files, source = read(tmp_path, b"\xef\xbb\xbfone")
    assert source is not None
    (problem,) = files.problems
    assert problem.rule == "byte-order-mark"
    (edit,) = problem.edits
    assert source.text[: edit.span.start] + edit.text + source.text[edit.span.end :] == "one"


def test_windows_line_endings_are_told_once_and_can_be_changed(tmp_path):
    files, source = read(tmp_path, b"one\r\ntwo\r\n\r\n")
    assert source is not None
    (problem,) = files.problems
    assert problem.rule == "line-endings-windows"
    text = source.text
    for edit in reversed(problem.edits):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == "one\ntwo\n\n"


@pytest.mark.parametrize(
    ("path", "limit"), [("entries/2023-01/a.md", 2), ("bib/a.bib", 256), ("studies/registry/a.json", 16)]
)
def test_a_file_that_is_too_large_is_told_and_not_read(tmp_path, path, limit):
    file = make(tmp_path, path, b"")
    os.truncate(file, limit * MEGABYTE + 1)
    files = list_files(tmp_path)
    assert files.read(path) is None
    (problem,) = files.problems
    assert problem.rule == "file-unreadable"
    assert f"at most {limit} MB" in problem.message


def test_a_file_of_fifty_megabytes_is_told(tmp_path):
    file = make(tmp_path, "entries/2023-01/a.md", b"")
    os.truncate(file, 50 * MEGABYTE)
    files = list_files(tmp_path)
    assert files.read("entries/2023-01/a.md") is None
    assert "50.0 MB" in files.problems[0].message


def test_a_file_that_disappears_meanwhile_is_told(tmp_path):
    file = make(tmp_path, "pages/a.md")
    files = list_files(tmp_path)
    file.unlink()
    assert files.read("pages/a.md") is None
    assert files.problems[0].rule == "file-unreadable"


def test_a_link_within_the_repository_is_followed(tmp_path):
    make(tmp_path, "notes/b.md", b"text")
    link(tmp_path / "pages/a.md", tmp_path / "notes/b.md")
    files = list_files(tmp_path)
    source = files.read("pages/a.md")
    assert source is not None
    assert (source.text, files.problems) == ("text", [])


@pytest.mark.parametrize("path", ["pages/a.md", "pages/inner", "pages"])
def test_a_link_out_of_the_repository_is_told_and_not_followed(tmp_path, path):
    make(tmp_path, "outside/secret.md", b"secret")
    is_folder = not path.endswith(".md")
    link(tmp_path / "root" / path, tmp_path / ("outside" if is_folder else "outside/secret.md"), is_folder=is_folder)
    files = list_files(tmp_path / "root")
    assert files.paths == []
    assert problems(files) == [("file-unreadable", path, f"'{path}' is a link that leads out of the repository")]


def test_a_repository_that_is_itself_behind_a_link_is_read(tmp_path):
    make(tmp_path, "root/pages/a.md")
    link(tmp_path / "way", tmp_path / "root", is_folder=True)
    link(tmp_path / "root/pages/b.md", "a.md")
    files = list_files(tmp_path / "way")
    assert (files.paths, files.problems) == (["pages/a.md", "pages/b.md"], [])


def test_a_link_that_leads_nowhere_is_told(tmp_path):
    link(tmp_path / "pages/a.md", "gone.md")
    assert problems(list_files(tmp_path)) == [
        ("file-unreadable", "pages/a.md", "'pages/a.md' is a link that leads nowhere")
    ]


def test_a_link_to_itself_is_told(tmp_path):
    link(tmp_path / "pages/a.md", "a.md")
    assert problems(list_files(tmp_path)) == [
        ("file-unreadable", "pages/a.md", "'pages/a.md' is a link that leads nowhere")
    ]


def test_links_in_a_circle_are_told_and_end(tmp_path):
    make(tmp_path, "entries/a/x.md")
    make(tmp_path, "entries/b/y.md")
    link(tmp_path / "entries/a/b", tmp_path / "entries/b", is_folder=True)
    link(tmp_path / "entries/b/a", tmp_path / "entries/a", is_folder=True)
    link(tmp_path / "entries/b/all", tmp_path / "entries", is_folder=True)
    files = list_files(tmp_path)
    assert files.paths == ["entries/a/b/y.md", "entries/a/x.md", "entries/b/a/x.md", "entries/b/y.md"]
    assert {path for _, path, _ in problems(files)} == {
        "entries/a/b/a",
        "entries/a/b/all",
        "entries/b/a/b",
        "entries/b/all",
    }


def test_a_name_that_cannot_be_shown_is_told(tmp_path):
    try:
        make(tmp_path, "pages/a\nb.md")
        make(tmp_path, os.fsdecode(b"pages/\xff.md"))
    except OSError:
        pytest.skip("this system allows no such names")
    files = list_files(tmp_path)
    assert files.paths == []
    assert sorted(path for _, path, _ in problems(files)) == ["pages/?.md", "pages/a?b.md"]


def test_what_is_neither_file_nor_folder_is_told(tmp_path, monkeypatch):
    (tmp_path / "pages").mkdir()
    monkeypatch.chdir(tmp_path / "pages")  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("a.md")
        files = list_files(tmp_path)
    assert files.paths == []
    assert [path for _, path, _ in problems(files)] == ["pages/a.md"]


def test_a_folder_that_may_not_be_opened_is_told(tmp_path, monkeypatch):
    make(tmp_path, "pages/a.md")
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("pages"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert problems(list_files(tmp_path)) == [
        ("file-unreadable", "pages", "'pages' cannot be opened: Permission denied"),
    ]
