"""A newsletter as plain text, in lines that a phone or a terminal need not break."""

from collections.abc import Iterator

from digest.export.newsletter.contents import Contents, Summary
from digest.export.newsletter.plain import PlainText, wrap

WIDTH = 72
"""RFC 3676 (4.2) advises at most 78."""
RULE = "-" * WIDTH


def write_text(contents: Contents) -> str:
    """The whole message; its links stand below the part that they belong to."""
    parts = [_opening(contents), *(_summary(number, each) for number, each in enumerate(contents.summaries, 1))]
    if contents.studies:
        calls = (f"{_wrapped(call.title)}\n{_wrapped(call.facts)}\n{call.address}" for call in contents.studies)
        parts.append("\n\n".join(["TAKE PART IN RESEARCH", *calls]))
    parts.append("\n\n".join(_iter_footer(contents)))
    return f"\n\n{RULE}\n\n".join(parts) + "\n"


def _opening(contents: Contents) -> str:
    head = f"{_wrapped(contents.digest_title.upper())}\n{_wrapped(contents.heading)}"
    return "\n\n".join([head, *_iter_html(contents.introduction)])


def _summary(number: int, summary: Summary) -> str:
    head = [_wrapped(f"{number}. {summary.title}")]
    if summary.types:
        head.append(_wrapped(", ".join(summary.types)))
    blocks = ["\n".join(head), *(_wrapped(f"{word.upper()}. {note}") for word, note in summary.notes)]
    if summary.takeaway:
        blocks.append(_wrapped(summary.takeaway))
    if summary.implications:
        blocks += [_wrapped(summary.implications_heading.upper()), *_iter_html(summary.implications)]
    ways = [f"Read the summary:\n{summary.address}"]
    if summary.work:
        ways.append(f"The article:\n{summary.work}")
    return "\n\n".join([*blocks, "\n".join(ways)])


def _iter_html(html: str) -> Iterator[str]:
    """The text of some HTML, then the addresses that it leads to."""
    links: list[str] = []
    text = PlainText(html, WIDTH, links).text
    if text:
        yield text
    if links:
        yield "\n".join(f"[{number}] {address}" for number, address in enumerate(links, 1))


def _iter_footer(contents: Contents) -> Iterator[str]:
    for words, address in contents.footer:
        shown = address.partition("?")[0].removeprefix("mailto:") if address.startswith("mailto:") else address
        yield f"{_wrapped(words)}:\n{shown}" if shown else _wrapped(words)


def _wrapped(text: str) -> str:
    return "\n".join(wrap(text, WIDTH))
