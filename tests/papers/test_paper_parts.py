"""Where a long paper is cut, and that nothing of it is lost or doubled; and that the quick way of reading a paper reads what the slow one does."""

from xml.etree.ElementTree import Element, fromstring

import pytest
import tinyhtml5

from measurement.papers import KINDS
from measurement.papers.render import render_html
from measurement.workers.typesetting.parts import LONG, ROWS, paper_parts
from measurement.workers.typesetting.trees import parsed

BEFORE = "<p class='konsep'>K</p><h1>Judul</h1>"
AFTER = "<p class='note'>Catatan</p><div class='signature'>Nama</div>"
HEAD = "<caption>Tabel</caption><colgroup><col/></colgroup><thead><tr><th>Kepala</th></tr></thead>"


def paper(rows: str, annex: str = "") -> Element:
    """A paper with this in its table, and in an annex."""
    table = f"<table class='grid'>{HEAD}<tbody>{rows}</tbody></table>"
    return fromstring(
        f"<html lang='id'><head><title>Uji</title></head><body data-number='1'>{BEFORE}{table}{AFTER}{annex}</body></html>"
    )


def row(number: int, classes: str = "") -> str:
    return f"<tr class='{classes}'><td>b{number}.</td></tr>"


def body_rows(part: Element) -> list[Element]:
    return part.findall(".//tbody/tr")


def texts(elements) -> list[str]:
    return ["".join(element.itertext()) for element in elements]


def test_a_paper_that_is_not_long_stays_whole():
    whole = paper("".join(row(number) for number in range(LONG - 1)))
    assert paper_parts(whole) == [whole]


def test_every_row_and_paragraph_is_in_one_part():
    whole = paper("".join(row(number, "group" * (number % 7 == 0)) for number in range(3 * LONG)))
    parts = paper_parts(whole)
    assert len(parts) > 4
    assert texts(row for part in parts for row in body_rows(part)) == texts(body_rows(whole))
    words = [
        "".join("".join(part.find("body").itertext()) for part in parts).count(word)
        for word in ("Judul", "Tabel", "Catatan", "Nama")
    ]
    assert words == [1, 1, 1, 1]


def test_each_part_has_the_frame_the_head_of_its_table_and_what_stands_on_every_page():
    whole = paper("".join(row(number, "group") for number in range(2 * LONG)))
    for part in paper_parts(whole):
        assert texts(part.findall("head/title")) == ["Uji"]
        assert part.find("body").get("data-number") == "1"
        assert texts(part.findall(".//th")) == ["Kepala"]
        assert len(part.findall(".//colgroup")) == 1
        assert texts(part.findall(".//p[@class='konsep']")) == ["K"]


def test_parts_after_the_first_begin_with_a_page_that_is_thrown_away():
    first, *others = paper_parts(paper("".join(row(number, "group") for number in range(2 * LONG))))
    assert first.find(".//div[@style]") is None
    assert [part.find("body")[1].get("style") for part in others] == ["break-after: page"] * len(others)


def test_a_part_begins_with_a_branch_where_there_is_one():
    rows = "".join(row(number, "group" if number % 10 in (0, 1) else "figures") for number in range(3 * LONG))
    starts = [body_rows(part)[0] for part in paper_parts(paper(rows))][1:]
    assert [int(text[1:-1]) % 10 for text in texts(starts)] == [0] * len(starts)


def test_a_row_is_not_torn_from_the_one_above_where_it_belongs_to_it():
    rows = "".join(
        row(
            number,
            ("group", "figures", "told")[number % 3] if number < 30 else ("figures", "told")[number % 2],
        )
        for number in range(3 * LONG)
    )
    rows += row(9999, "level-office")
    starts = [body_rows(part)[0] for part in paper_parts(paper(rows))][1:]
    assert starts
    assert {start.get("class") for start in starts} == {"figures"}


def test_an_annex_begins_a_part():
    annex = f"<section class='annex'><table class='grid'>{HEAD}<tbody>{''.join(row(number) for number in range(ROWS))}</tbody></table></section>"
    parts = paper_parts(paper("".join(row(number) for number in range(LONG)), annex))
    assert parts[-1].find("body")[2].tag == "section"
    assert len(body_rows(parts[-1])) == ROWS


# The quick way of reading


def described(element: Element, depth: int = 0):
    """All that WeasyPrint sees; the HTML parser repeats the namespace of a picture as an attribute."""
    attributes = {name: value for name, value in element.attrib.items() if not name.endswith("}xmlns")}
    yield depth, element.tag, attributes, element.text or ""
    for child in element:
        yield from described(child, depth + 1)
        yield depth, child.tail or ""


@pytest.mark.django_db
def test_a_paper_read_as_xml_is_the_one_that_html_says(paper_contents):
    for output, content in paper_contents.items():
        html = render_html(KINDS[output], content)
        quick, slow = parsed(html), tinyhtml5.parse(html, namespace_html_elements=False)
        assert quick.find("body").tail is not None, (
            output
        )  # an HTML parser has moved the white space behind the body into it
        for part in ("head", "body"):
            one, other = list(described(quick.find(part))), list(described(slow.find(part)))
            assert one[:-1] == other[:-1], output


@pytest.mark.parametrize(
    "html",
    [
        "<p>satu<p>dua", "<html><head><title>x</title></head><body>&nbsp;</body></html>", "<!doctype html><title>siap</title><p>siap</p>",
        "<!DOCTYPE html [<!ENTITY x 'y'>]><html><head></head><body>&x;</body></html>", "<html lang='id'><title>x</title><p>tanpa badan</p></html>",
    ],
)  # fmt: skip
def test_whatever_is_no_paper_is_read_as_html(html):
    assert list(described(parsed(html))) == list(
        described(tinyhtml5.parse(html, namespace_html_elements=False))
    )
