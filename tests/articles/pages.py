"""Reads pages the way a reader does, for tests of several of them."""

from html.parser import HTMLParser

# What a page adds to the text of an article: references, flags, and words for screen readers only.
_ADDED = {"ref", "flag", "sr"}


class _Column(HTMLParser):
    """Collects the text of each column: its headline and paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.columns: list[list[str]] = []
        self._skipped = 0
        self._taking = False
        self._in_prose = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        if self._skipped:
            self._skipped += 1
        elif classes & _ADDED:
            self._skipped = 1
        elif tag in {"h1", "h2"} and "headline" in classes:
            self.columns.append([""])
            self._taking = True
        elif "prose" in classes:
            self._in_prose = True
        elif tag == "p" and self._in_prose:
            self.columns[-1].append("")
            self._taking = True

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag in {"h1", "h2", "p"}:
            self._taking = False
        elif tag == "div":
            self._in_prose = False

    def handle_data(self, data: str) -> None:
        if self._taking and not self._skipped:
            self.columns[-1][-1] += data


def column_texts(page: str) -> list[str]:
    """The article texts that a page shows, each as it is stored."""
    parser = _Column()
    parser.feed(page)
    return ["\n\n".join(paragraphs) for paragraphs in parser.columns]
