"""Where on a paper a signer's box is: the named destination of their anchor, as our own renderer wrote it."""

import io
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

DEEPEST_TREE = 20


@dataclass(frozen=True)
class SignatureBox:
    """The upper left corner of a box: page from 1, points from the page's lower left corner, and the page's height."""

    page: int
    x: float
    y: float
    page_height: float


def signature_box_of(pdf: bytes, anchor: str) -> SignatureBox | None:
    """The place of an anchor in one of our own papers; None where the paper has no such anchor."""
    reader = PdfFileReader(io.BytesIO(pdf))
    try:
        destination = _destination(reader.root["/Names"]["/Dests"], anchor, 0)
    except KeyError:  # no names at all
        destination = None
    if destination is None:
        return None
    page, _, x, y = (destination.raw_get(index) for index in range(4))
    return _on_page(reader, page, float(x), float(y))


def _destination(node, anchor: str, depth: int) -> generic.ArrayObject | None:
    """An anchor's entry in the name tree: page, /XYZ, left, top."""
    if depth > DEEPEST_TREE:
        return None
    pairs = _at(node, "/Names")
    for index in range(0, len(pairs) - 1, 2):
        if pairs[index] == anchor:
            return pairs[index + 1]
    found = (_destination(kid.get_object(), anchor, depth + 1) for kid in _at(node, "/Kids"))
    return next((entry for entry in found if entry is not None), None)


def _at(node: generic.DictionaryObject, key: str):
    """The list under a key, references followed; empty if there is none."""
    try:
        return node[key]
    except KeyError:
        return ()


def _on_page(
    reader: PdfFileReader, wanted: generic.IndirectObject, x: float, y: float
) -> SignatureBox | None:
    for number in range(int(reader.root["/Pages"]["/Count"])):
        reference, _ = reader.find_page_for_modification(number)
        if reference.reference == wanted.reference:
            return SignatureBox(number + 1, x, y, float(reference.get_object()["/MediaBox"][3]))
    return None
