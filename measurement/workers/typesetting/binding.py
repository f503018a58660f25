"""Parts of a long paper bound into one file: pages, structure, places, bookmarks, and the number of each page, which no part could know.

The first part brings all that belongs to the file: metadata, colour profile, attachments. Of the others their pages and the structure of these are added.
"""

import io
from dataclasses import dataclass
from types import SimpleNamespace

import pikepdf
from pikepdf import Array, Name, OutlineItem
from weasyprint.document import Document

PER_PIXEL = 0.75  # points
NUMBER = Name("/Halaman")


@dataclass(frozen=True)
class PlacedPage:
    """What a part says of one of its pages. `name` is that of its @page rule, `bookmarks` are WeasyPrint's."""

    name: str
    height: float
    bookmarks: list


def bound(parts: list[bytes], pages: list[PlacedPage], numbers: bytes) -> bytes:
    """One file of all parts, with the numbers from a file that has a page for each."""
    with pikepdf.open(io.BytesIO(parts[0])) as book:
        for part in parts[1:]:
            with pikepdf.open(io.BytesIO(part)) as other:
                _add(book, other)
        with pikepdf.open(io.BytesIO(numbers)) as numbered:
            for page, number in zip(book.pages, numbered.pages, strict=True):
                _put_number(book, page, number)
        _sort_places(book)
        _put_bookmarks(book, pages)
        written = io.BytesIO()
        book.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return written.getvalue()


def _add(book: pikepdf.Pdf, other: pikepdf.Pdf) -> None:
    """Pages first: then what names them below finds them."""
    before = len(book.pages)
    book.pages.extend(other.pages)
    tree, places = book.Root.StructTreeRoot, _places(book)
    added = book.copy_foreign(other.Root.StructTreeRoot)
    known = tree.ParentTree.Nums
    shift = int(known[-2]) + 1
    for number, parent in _pairs(added.ParentTree.Nums):
        known.extend([number + shift, parent])
    document = tree.K[0]
    for element in added.K[0].K:
        element.P = document
        document.K.append(element)
    for page in list(book.pages)[before:]:
        page.obj.StructParents = int(page.obj.StructParents) + shift
        for annotation in page.obj.get("/Annots", ()):
            annotation.StructParent = int(annotation.StructParent) + shift
    places.extend(book.copy_foreign(other.make_indirect(_places(other))))


def _put_number(book: pikepdf.Pdf, page: pikepdf.Page, number: pikepdf.Page) -> None:
    """What stands on the other page, put over this one. It belongs to no text, so readers aloud pass over it."""
    form = book.copy_foreign(number.as_form_xobject())
    own = pikepdf.Dictionary(page.Resources)
    own.XObject = pikepdf.Dictionary(own.get("/XObject", {}))
    own.XObject[NUMBER] = form
    page.Resources = own
    page.contents_add(b"q", prepend=True)
    page.contents_add(b"Q /Artifact BMC q %s Do Q EMC" % str(NUMBER).encode())


def _pairs(flat: Array) -> list[tuple]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def _places(book: pikepdf.Pdf) -> Array:
    """The named places, each name followed by its place."""
    if "/Names" not in book.Root:
        book.Root.Names = pikepdf.Dictionary()
    if "/Dests" not in book.Root.Names:
        book.Root.Names.Dests = pikepdf.Dictionary(Names=Array())
    return book.Root.Names.Dests.Names


def _sort_places(book: pikepdf.Pdf) -> None:
    pairs = sorted(_pairs(_places(book)), key=lambda pair: bytes(pair[0]))
    book.Root.Names.Dests.Names = Array([item for pair in pairs for item in pair])


def _put_bookmarks(book: pikepdf.Pdf, pages: list[PlacedPage]) -> None:
    """WeasyPrint makes a tree of them, as it does of those of one file."""
    tree = Document.make_bookmark_tree(SimpleNamespace(pages=pages), PER_PIXEL, transform_pages=True)
    with book.open_outline() as outline:
        outline.root[:] = [_bookmark(*branch) for branch in tree]


def _bookmark(label: str, target: tuple, below: list, state: str) -> OutlineItem:
    page, x, y = target
    item = OutlineItem(label, page, "XYZ", left=x, top=y, zoom=0)
    item.is_closed = state == "closed"
    item.children.extend(_bookmark(*branch) for branch in below)
    return item
