"""Text of a paper: paragraphs, and what can be printed at all."""

import re
import unicodedata

LIST_ITEM = re.compile(r"([0-9]{1,2}[.)]|[a-z][.)]|[-–•*])\s+(.*)")
DIRECTION = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def paragraphs(text: str) -> list[dict]:
    """Non-empty lines; one that begins like a list item has its mark apart, so that it can be printed hanging."""
    lines = filter(None, (line.strip() for line in text.splitlines()))
    found = []
    for line in lines:
        item = LIST_ITEM.fullmatch(line)
        found.append({"mark": item[1], "text": item[2]} if item else {"mark": "", "text": line})
    return found


def numbered_paragraphs(text: str) -> list[dict]:
    """The paragraphs of an order or of minutes: several that the writer left unmarked are numbered."""
    lines = paragraphs(text)
    if len(lines) < 2 or any(line["mark"] for line in lines):
        return lines
    return [{**line, "mark": f"{number}."} for number, line in enumerate(lines, start=1)]


def printable(value):
    """The same content without what no paper and no database can hold: control, direction and surrogate characters in any text."""
    match value:
        case str():
            return "".join(char for char in value if _prints(char))
        case dict():
            return {key: printable(item) for key, item in value.items()}
        case list() | tuple():
            return [printable(item) for item in value]
    return value


NOT_WORDS = {
    "nip",
    "number_label",
    "audit_head",
    "code",
    "verify_url",
    "sha256",
    "path",
    "person",
    "method",
    "anchor",
    "charts",
}


def searchable(content) -> str:
    """All that a paper says, once, in small letters and lines: what the archive searches. Personnel numbers and digests are left out.

    verify_archive compares it with what is stored: whoever changes it writes the stored words anew in a migration.
    """
    return "\n".join(dict.fromkeys(text.lower() for text in _texts(content) if len(text) > 1))


def _texts(value):
    match value:
        case str():
            yield value
        case dict():
            for key, item in value.items():
                if key not in NOT_WORDS:
                    yield from _texts(item)
        case list():
            for item in value:
                yield from _texts(item)


def _prints(char: str) -> bool:
    if unicodedata.category(char) in ("Cc", "Cs"):
        return char == "\n"
    return unicodedata.bidirectional(char) not in DIRECTION
