"""The pages of a part, laid out, as objects of a PDF that are in no file yet (binding.py puts them into one)."""

import json
from dataclasses import asdict, dataclass

import pydyf
import weasyprint.pdf
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.pdf.fonts import Font, build_fonts_dictionary

from .house_style import FACES, OPTIONS

NUMBER_BOX, NUMBER = "@bottom-right", "Halaman"
KEYS = 100_000  # of the structure, for each part: more than it has pages and links


@dataclass(frozen=True)
class PartPage:
    """A page of a part. Its objects stand here by their numbers in the part: `number` is one kept free for what prints the page's number, `key` that in the
    structure; `bookmarks` and `anchors` are WeasyPrint's, `name` is that of its @page rule."""

    name: str
    bookmarks: list
    anchors: dict
    page: int
    contents: int
    resources: int
    number: int
    key: int
    annotations: list[int]


@dataclass(frozen=True)
class PartFont:
    """What a part prints in one of the house's faces, which the book brings: `number` is kept free for it, `key` is that of the face; glyphs with their
    widths, and with what they mean."""

    number: int
    key: int
    widths: list[tuple[int, float]]
    letters: list[tuple[int, str]]


@dataclass(frozen=True)
class Part:
    """What a part gives. `objects` are numbers with how many bytes each has: before a stream begins, and from there on. Of the structure: the element above
    all others, those right below it, and what each key holds."""

    pages: list[PartPage]
    fonts: list[PartFont]
    objects: list[tuple[int, int, int]]
    above: int
    below: list[int]
    keys: list[tuple[int, str]]


class Taken(Exception):
    """The objects, before WeasyPrint makes a file of them."""

    def __init__(self, pdf: pydyf.PDF):
        self.pdf = pdf


def loosened(document: Document, part: int) -> bytes:
    """A line of JSON (a Part), then the bytes of its objects. Its pages have no numbers; where they belong is a picture that the book has to bring."""
    places = [(page._page_box.page_type.name, page.bookmarks, page.anchors) for page in document.pages]
    for page in document.pages:
        page.bookmarks, page.anchors, page.links = (
            [],
            {},
            [link for link in page.links if link[0] != "attachment"],
        )
        page._page_box.children = [child for child in page._page_box.children if not _is_number(child)]
    pydyf.String.data = property(_in_figures)
    pdf, fonts = _objects_of(document)
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    above, tree = _object(pdf, root["K"][0]), _object(pdf, root["ParentTree"])
    _name_heads_apart(pdf, part)
    pages = [_loose_page(pdf, index, part, place) for index, place in enumerate(places)]
    numbers = {
        number + part * KEYS: _written(parents)
        for number, parents in zip(tree["Nums"][::2], tree["Nums"][1::2], strict=True)
    }
    of_the_file = {
        0,
        pdf.catalog.number,
        pdf.pages.number,
        root.number,
        above.number,
        tree.number,
        *(page.page for page in pages),
        *(font.number for font in fonts),
    }
    objects = [(item.number, *_halves(item.data)) for item in pdf.objects if item.number not in of_the_file]
    said = Part(
        pages,
        fonts,
        [(number, len(head), len(tail)) for number, head, tail in objects],
        above.number,
        [_number(kid) for kid in above["K"]],
        list(numbers.items()),
    )
    return b"".join(
        [json.dumps(asdict(said)).encode(), b"\n", *(half for _, *halves in objects for half in halves)]
    )


def _is_number(box) -> bool:
    return isinstance(box, MarginBox) and box.at_keyword == NUMBER_BOX


def _in_figures(text: pydyf.String) -> bytes:
    """A string in hexadecimal, so that no word of it can be taken for a reference."""
    words = text.string
    raw = words if isinstance(words, bytes) else words.encode("ascii" if words.isascii() else "utf-16")
    return b"<" + raw.hex().encode() + b">"


def _objects_of(document: Document) -> tuple[pydyf.PDF, list[PartFont]]:
    """With what it prints in the house's faces. Other fonts, and one that lacks a letter, become objects as ever."""
    ours: list[PartFont] = []

    def build(pdf: pydyf.PDF, fonts: dict[int, Font], *others) -> pydyf.Dictionary:
        own = {key: font for key, font in fonts.items() if key not in FACES or font.missing}
        built = build_fonts_dictionary(pdf, own, *others)
        for key, font in fonts.items():
            if key in own:
                continue
            free = pydyf.Dictionary()
            pdf.add_object(free)
            built[font.hash] = free.reference
            ours.append(PartFont(free.number, key, list(font.widths.items()), list(font.to_unicode.items())))
        return built

    def take(_: Document, pdf: pydyf.PDF) -> None:
        raise Taken(pdf)

    weasyprint.pdf.build_fonts_dictionary = build
    try:
        document.write_pdf(finisher=take, **OPTIONS)
    except Taken as taken:
        return taken.pdf, ours
    raise AssertionError("WeasyPrint did not ask")


def _loose_page(pdf: pydyf.PDF, index: int, part: int, place: tuple) -> PartPage:
    """With the picture of its number below everything that it draws itself, and in the keys of its part."""
    page = pdf.objects[pdf.pages["Kids"][3 * index]]
    content, resources = _object(pdf, page["Contents"]), _object(pdf, page["Resources"])
    free, picture = len(pdf.objects) + index, f"{NUMBER}{index}"
    resources["XObject"][picture] = f"{free} 0 R".encode()
    content.stream.insert(0, b"q")
    content.stream += [b"Q", b"/Artifact BMC", f"/{picture} Do", b"EMC"]
    annotations = [_number(link) for link in page.get("Annots", [])]
    for link in annotations:
        pdf.objects[link]["StructParent"] += part * KEYS
    key = page["StructParents"] + part * KEYS
    name, bookmarks, anchors = place
    return PartPage(
        name, bookmarks, anchors, page.number, content.number, resources.number, free, key, annotations
    )


def _name_heads_apart(pdf: pydyf.PDF, part: int) -> None:
    """A cell names its heads by identifiers that WeasyPrint makes of the numbers of objects, which are the same in each part."""
    for element in pdf.objects:
        if isinstance(element, pydyf.Dictionary) and element.get("S") == "/TH":
            element["ID"].string = f"{part}-{element['ID'].string}"


def _object(pdf: pydyf.PDF, reference: bytes):
    return pdf.objects[_number(reference)]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _written(value) -> str:
    return (value if isinstance(value, bytes) else value.data).decode()


def _halves(data: bytes) -> tuple[bytes, bytes]:
    """What may hold references, and the stream."""
    head, begin, tail = data.partition(b"\nstream\n")
    return head, begin + tail
