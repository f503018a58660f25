"""The words of a PDF, as far as its fonts tell: enough to find a paper's number in a printed or scanned copy, no more."""

import re
from collections.abc import Iterator
from io import BytesIO

from pyhanko.pdf_utils.content_stream_parser import parse_content_stream
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
SHOWN_BY = {"Tj", "TJ", "'", '"'}
DEEPEST_FORM = 3
WIDEST_RANGE = 65536


def page_count(pdf: bytes) -> int:
    return int(PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Count"])


def page_texts(pdf: bytes) -> Iterator[str]:
    """The text of each page without any white space; "" for a page whose content can't be followed."""
    reader = PdfFileReader(BytesIO(pdf))
    for number in range(int(reader.root["/Pages"]["/Count"])):
        reference, resources = reader.find_page_for_modification(number)
        try:
            shown = "".join(_shown(_streams(reference.get_object()), resources.get_object(), 0))
        except Exception:  # whatever the library stumbles over in a file of somebody's scanner
            shown = ""
        yield "".join(shown.split())


def _streams(page: DictionaryObject) -> list[StreamObject]:
    content = page["/Contents"]
    return [part.get_object() for part in content] if isinstance(content, ArrayObject) else [content]


def _shown(streams: list[StreamObject], resources: DictionaryObject, depth: int) -> Iterator[str]:
    """What the operators show, also those of forms within."""
    fonts, forms, font = _entry(resources, "/Font"), _entry(resources, "/XObject"), _Font()
    for operator in parse_content_stream(streams):
        if operator.op == "Tf":
            font = _Font(fonts[operator.args[0]]) if operator.args[0] in fonts else _Font()
        elif operator.op in SHOWN_BY:
            yield from (font.text(part.original_bytes) for part in _strings(operator.args))
        elif operator.op == "Do" and depth < DEEPEST_FORM and operator.args[0] in forms:
            form = forms[operator.args[0]]
            if form["/Subtype"] == "/Form":
                yield from _shown([form], _entry(form, "/Resources"), depth + 1)


def _entry(holder: DictionaryObject, name: str) -> DictionaryObject:
    # the library's `get` does not follow references
    return holder[name] if name in holder else DictionaryObject()


def _strings(arguments: list) -> list:
    """The strings of one text operator; TJ has them in an array, with distances between."""
    parts = arguments[0] if arguments and isinstance(arguments[0], ArrayObject) else arguments
    return [part for part in parts if hasattr(part, "original_bytes")]


class _Font:
    """How codes become letters: by the font's ToUnicode table; one byte is one Latin letter where a simple font has none."""

    def __init__(self, font: DictionaryObject | None = None):
        self.letters = _letters(font["/ToUnicode"].data) if font is not None and "/ToUnicode" in font else {}
        self.width = 2 if font is not None and font["/Subtype"] == "/Type0" else 1

    def text(self, codes: bytes) -> str:
        if self.width == 1 and not self.letters:
            return codes.decode("latin-1")
        numbers = (
            int.from_bytes(codes[place : place + self.width], "big")
            for place in range(0, len(codes), self.width)
        )
        return "".join(self.letters.get(number, "") for number in numbers)


def _letters(table: bytes) -> dict[int, str]:
    """Code → letters, of a ToUnicode table. Ranges with lists of letters are rare and left out."""
    found: dict[int, str] = {}
    for kind, body in SECTION.findall(table):
        if kind == b"bfchar":
            found |= {int(code, 16): _utf16(letters) for code, letters in CHAR.findall(body)}
            continue
        for first, last, letters in RANGE.findall(body):
            first, last, begin = int(first, 16), int(last, 16), int(letters, 16)
            codes = range(first, min(last + 1, first + WIDEST_RANGE))
            found |= {code: chr(begin + code - first) for code in codes if begin + code - first < 0xD800}
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "ignore")
