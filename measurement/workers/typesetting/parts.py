"""A long paper cut into parts that can be set beside each other, each in a process of its own.

What a paper costs grows with the rows of its tables, and so does its memory. Beyond LONG rows a paper is cut after about ROWS of them: where an annex begins
a new page in any case, before a branch of the plan, or, where a branch is longer than that, before any row that does not belong to the one above it.
A part begins on a new page, so the page before may end early.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

LONG, ROWS = 800, 400
FAR = ROWS * 3 // 2  # rows after which any row will do
ON_EVERY_PAGE = {"watermark", "konsep", "demonstration"}
REPEATED = {"colgroup", "thead"}
TOGETHER = {"told", "level-office"}  # rows that follow the one above them


def paper_parts(root: Element) -> list[Element]:
    """The whole paper, or its parts in order. All but the first begin with an empty page, which makes theirs no first page; it is not to be kept."""
    rows = sum(1 for _ in root.iter("tr"))
    if rows <= LONG:
        return [root]
    cuts: set[Element] = set()
    torn: set[Element] = set()
    for place, above in _places(root):
        cuts.add(place)
        torn |= set(above)
    return _pieces(root, cuts, torn)


def _places(root: Element) -> Iterator[tuple[Element, list[Element]]]:
    """Each element before which the paper is cut, with those around it."""
    seen = 0
    for element, before, above in _walk(root, None, []):
        if element.tag == "tr":
            seen += 1
        if before is not None and seen > _wanted(element, before):
            seen = 0
            yield element, above


def _wanted(element: Element, before: Element) -> float:
    """How many rows the part must have for a cut here."""
    classes, previous = _classes(element), _classes(before)
    if element.tag == "section":
        return ROWS // 4
    if element.tag == "table" and before.tag == "table":
        return ROWS
    if element.tag != "tr" or before.tag != "tr" or classes & TOGETHER or "group" in previous:
        return float("inf")
    return ROWS if "group" in classes else FAR


def _walk(
    element: Element, before: Element | None, above: list[Element]
) -> Iterator[tuple[Element, Element | None, list[Element]]]:
    """Every element in order, with the one before it below the same, and those around it. Heads of tables are no place for a cut."""
    yield element, before, above
    around, previous = [*above, element], None
    for child in element:
        if child.tag not in REPEATED:
            yield from _walk(child, previous, around)
        previous = child


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def _pieces(element: Element, cuts: set[Element], torn: set[Element]) -> list[Element]:
    """The element in as many pieces as it has cuts, and one more."""
    if element not in torn:
        return [element]
    pieces = [Element(element.tag, element.attrib)]
    pieces[0].text = element.text
    for child in element:
        if child in cuts:
            pieces.append(_continued(element))
        first, *others = _pieces(child, cuts, torn)
        pieces[-1].append(first)
        for other in others:
            pieces.append(_continued(element))
            pieces[-1].append(other)
    return pieces


def _continued(element: Element) -> Element:
    """The frame of the next piece, with what is repeated in each."""
    frame = Element(element.tag, element.attrib)
    if element.tag == "html":
        frame.extend(element.findall("head"))
    elif element.tag == "body":
        frame.extend(child for child in element if _classes(child) & ON_EVERY_PAGE)
        frame.append(Element("div", style="break-after: page"))
    else:
        frame.extend(child for child in element if child.tag in REPEATED)
    return frame
