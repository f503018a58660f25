"""Parts of a long paper bound into one file.

The book is a file of its own: as many pages as all parts have, each with nothing but its number, which no part could know; and what belongs to the whole,
as bookmarks, places, metadata, attachments and fonts, each once. The objects of the parts get new numbers in it. None is read again beyond that, since there may be a
hundred thousand.
"""

import copy
import json
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

import pydyf
from weasyprint.pdf.fonts import Font
from weasyprint.text.fonts import get_hb_object_data

from .house_style import FACES, HouseText
from .loosening import Part, PartFont, PartPage
from .writing import Enclosure, written_pdf

REFERENCE = re.compile(rb"\b(\d+) 0 R\b")


@dataclass
class LooseObject(pydyf.Object):
    """An object of a part in the book."""

    head: bytes
    tail: bytes

    def __post_init__(self) -> None:
        super().__init__()

    @property
    def data(self) -> bytes:
        return self.head + self.tail

    @property
    def compressible(self) -> bool:
        return not self.tail


def bound(first: Element, loose: list[bytes], enclosure: Enclosure) -> bytes:
    """The file; `first` is the tree of the paper's first part, with what stands in its head."""
    parts = [_taken_up(one) for one in loose]
    pages = [page for part, _ in parts for page in part.pages]
    book = HouseText(_numbers_alone(first, pages), {}).laid_out()
    for sheet, page in zip(book.pages, pages, strict=True):
        sheet.bookmarks, sheet.anchors = page.bookmarks, page.anchors
    book.fonts |= _faces([font for part, _ in parts for font in part.fonts])
    return written_pdf(book, enclosure, lambda pdf: _add(pdf, parts), tagged=False)


def _taken_up(loose: bytes) -> tuple[Part, memoryview]:
    line, _, content = loose.partition(b"\n")
    said = json.loads(line)
    pages, fonts = [PartPage(**page) for page in said["pages"]], [PartFont(**font) for font in said["fonts"]]
    return Part(**said | {"pages": pages, "fonts": fonts}), memoryview(content)


def _faces(used: list[PartFont]) -> dict[int, Font]:
    """The house's faces with all that the parts print in them. WeasyPrint finds them by their keys and adds what the book prints."""
    faces: dict[int, Font] = {}
    for font in used:
        if font.key not in faces:
            face = faces[font.key] = copy.copy(FACES[font.key])
            face.widths, face.to_unicode, face.missing = {}, {}, {}
            face.file_content = get_hb_object_data(face.hb_face)  # whole again
        face = faces[font.key]
        face.widths = dict(font.widths) | face.widths
        face.to_unicode = dict(font.letters) | face.to_unicode
    return faces


def _numbers_alone(first: Element, pages: list[PartPage]) -> Element:
    root = Element("html", first.attrib)
    root.extend(first.findall("head"))
    body = SubElement(root, "body")
    for number, page in enumerate(pages):
        SubElement(
            body, "div", style=f"page: {page.name or 'auto'}; break-before: {'page' if number else 'auto'}"
        )
    return root


def _add(pdf: pydyf.PDF, parts: list[tuple[Part, memoryview]]) -> None:
    """The objects of all parts, and the structure of the whole."""
    tree, above = pydyf.Dictionary({"Nums": pydyf.Array()}), pydyf.Dictionary()
    root = pydyf.Dictionary()
    for added in (tree, above, root):
        pdf.add_object(added)
    above |= {"Type": "/StructElem", "S": "/Document", "K": pydyf.Array(), "P": root.reference}
    root |= {"Type": "/StructTreeRoot", "K": pydyf.Array([above.reference]), "ParentTree": tree.reference}
    sheets = iter([pdf.objects[number] for number in pdf.pages["Kids"][::3]])
    faces = _fonts_of(pdf)
    for part, content in parts:
        places = {part.above: above.number} | {
            font.number: faces[FACES[font.key].hash] for font in part.fonts
        }
        own = [(next(sheets), page) for page in part.pages]
        for sheet, page in own:
            places |= {page.page: sheet.number, page.number: _as_picture(pdf, sheet).number}
        _renumber(pdf, part, content, places)
        for sheet, page in own:
            _fill(sheet, page, places)
        above["K"] += [_reference(places[number]) for number in part.below]
        for key, parents in part.keys:
            tree["Nums"] += [key, _renumbered(parents.encode(), places)]
    pdf.catalog |= {
        "StructTreeRoot": root.reference,
        "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
        "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true"}),
    }


def _fonts_of(pdf: pydyf.PDF) -> dict[str, int]:
    """The numbers of the book's fonts, by the names that pages call them."""
    sheet = pdf.objects[pdf.pages["Kids"][0]]
    fonts = _referred(pdf, _referred(pdf, sheet["Resources"])["Font"])
    return {name: int(reference.split()[0]) for name, reference in fonts.items()}


def _referred(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]


def _as_picture(pdf: pydyf.PDF, sheet: pydyf.Dictionary) -> pydyf.Stream:
    """What the book's own page draws, as something that the part's page shows."""
    number = _referred(pdf, sheet["Contents"])
    number.extra = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": sheet["MediaBox"],
        "Resources": sheet["Resources"],
    }
    return number


def _fill(sheet: pydyf.Dictionary, page: PartPage, places: dict[int, int]) -> None:
    sheet |= {
        "Contents": _reference(places[page.contents]),
        "Resources": _reference(places[page.resources]),
        "StructParents": page.key,
        "Tabs": "/S",
    }
    if page.annotations:
        sheet["Annots"] = pydyf.Array([_reference(places[link]) for link in page.annotations])


def _renumber(pdf: pydyf.PDF, part: Part, content: memoryview, places: dict[int, int]) -> None:
    """The part's objects under new numbers, which `places` learns."""
    places |= {number: len(pdf.objects) + index for index, (number, _, _) in enumerate(part.objects)}
    begin = 0
    for _, head, tail in part.objects:
        middle, end = begin + head, begin + head + tail
        pdf.add_object(LooseObject(_renumbered(content[begin:middle], places), bytes(content[middle:end])))
        begin = end


def _renumbered(words: bytes | memoryview, places: dict[int, int]) -> bytes:
    return REFERENCE.sub(lambda found: _reference(places[int(found[1])]), words)


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number
