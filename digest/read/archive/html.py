"""A blog's page saved as HTML: headings, paragraphs, lists and links."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from digest.read.archive.shape import Archive, Block, read_shape
from digest.read.archive.text import escape_markdown

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {
    *("p", "div", "li", "ul", "ol", "section", "article", "header", "footer", "nav", "main", "aside", "blockquote"),
    *("table", "tr", "td", "th", "br", "hr", "pre", "figure", "figcaption", "dl", "dt", "dd", "form", "body", "html"),
}
DROPPED = frozenset({"script", "style", "noscript", "template", "head", "svg", "select", "button"})
MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
SCHEMES = frozenset({"http", "https", "mailto"})


def read_html(text: str, implications: tuple[str, ...]) -> Archive:
    """Sort the blocks of a page."""
    return read_shape(html_blocks(text), implications)


def html_blocks(text: str, line: int = 1) -> list[Block]:
    """The blocks of a piece of HTML that begins at a line of its file."""
    parser = _Blocks(line)
    parser.feed(text)
    parser.close()
    parser.flush()
    return parser.blocks


class _Blocks(HTMLParser):
    """Gathers text until a block ends. Unknown tags are passed over, their text is kept."""

    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._first_line = line
        self._dropped = 0
        self._kind = "paragraph"
        self._text: list[str] = []
        self._plain: list[str] = []
        self._line = line
        self._links: list[str] = []
        self._address = ""
        self._marks: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Blocks end what was before them."""
        if tag in DROPPED:
            self._dropped += 1
        elif tag in BLOCKS:
            self.flush()
            if tag in HEADINGS:
                self._kind = "heading"
            elif tag == "li":
                self._kind = "item"
        elif tag == "a":
            self._open_link(dict(attrs).get("href") or "")
        elif tag in MARKS:
            self._marks.append(MARKS[tag])
            self._text.append(MARKS[tag])

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened; what was never opened is passed over."""
        if tag in DROPPED:
            self._dropped = max(0, self._dropped - 1)
        elif tag in BLOCKS:
            self.flush()
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._text.append(f"](<{address}>)" if address else "")
        elif tag in MARKS and self._marks:
            self._text.append(self._marks.pop())

    def handle_data(self, data: str) -> None:
        """Text is text: it is escaped, so that it shows as it was."""
        if self._dropped:
            return
        if not self._plain:
            self._line = self._first_line + self.getpos()[0] - 1
        self._plain.append(data)
        self._text.append(escape_markdown(data) if data.strip() else " ")

    def _open_link(self, address: str) -> None:
        address = address.strip().replace("<", "%3C").replace(">", "%3E")
        usable = urlsplit_scheme(address) in SCHEMES
        self._address = self._address or address
        self._links.append(address if usable else "")
        self._text.append("[" if usable else "")

    def flush(self) -> None:
        """End the block that is open."""
        while self._links:
            self.handle_endtag("a")
        while self._marks:
            self._text.append(self._marks.pop())
        plain = " ".join("".join(self._plain).replace("\u00a0", " ").split())
        if plain:
            text = " ".join("".join(self._text).replace("\u00a0", " ").split())
            address = self._address if self._kind == "heading" else ""
            self.blocks.append(Block(self._line, text, plain, self._kind, address))
        self._kind, self._text, self._plain, self._address = "paragraph", [], [], ""


def urlsplit_scheme(address: str) -> str:
    """The scheme of an address, or nothing where it is none."""
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""
