"""One pass over a sheet takes from it what openpyxl takes, whatever program wrote it, and knows what is hidden and not worked out."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from measurement.spreadsheets import reading
from measurement.spreadsheets.read_book import NotKept, ReadSheet
from measurement.spreadsheets.sheet_parser import FoundCell

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES = ("General", "0.00%", '0"%"', "#,##0.00", "dd-mm-yyyy", "hh:mm", "[h]:mm:ss", "[$Rp-421]#,##0", "@")
PLAIN, PERCENT, SAID_PERCENT, MONEY, DAY, CLOCK, SPAN, RUPIAH, TEXT = range(len(STYLES))


def xlsx(rows: str, strings: str = "", before: str = "", from_1904: bool = False) -> bytes:
    """A workbook whose only sheet holds these rows; its styles have the number formats above."""
    book, file, made = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    for column, number_format in enumerate(STYLES, 1):
        book.active.cell(1, column).number_format = number_format
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH if from_1904 else book.epoch
    book.save(file)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    with zipfile.ZipFile(file) as parts, zipfile.ZipFile(made, "w") as archive:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData></worksheet>".encode()
            elif name == "[Content_Types].xml" and strings:
                override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
                content = content.replace(b"</Types>", override.encode())
            archive.writestr(name, content)
        if strings:
            archive.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{strings}</sst>")
    return made.getvalue()


def ours(content: bytes) -> ReadSheet:
    return reading.open_book(content, "a.xlsx").sheets[0]


def openpyxls(content: bytes) -> list[list]:
    """Value, type and, of what is not mere text, number format of every cell, as openpyxl reads them."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).active
    sheet.reset_dimensions()
    rows = list(sheet.iter_rows(max_row=reading.MAX_ROWS + 2, max_col=reading.MAX_COLUMNS + 1))
    return [
        [
            (cell.value, cell.data_type, None if isinstance(cell.value, str) else cell.number_format)
            if cell.value not in (None, "")
            else None
            for cell in row
        ]
        for row in rows
    ]


def taken(content: bytes) -> list[list]:
    """The same, as ours are read."""
    return [
        [_told(cell) for cell in line] + [None] * (reading.MAX_COLUMNS + 1 - len(line))
        for line in ours(content).rows(reading.MAX_ROWS + 2)
    ]


def _told(cell: FoundCell) -> tuple | None:
    if isinstance(cell, str):
        return cell, "s", None
    if cell is None or cell.value in (None, ""):
        return None
    return cell.value, cell.data_type, None if isinstance(cell.value, str) else cell.number_format


def cells(*parts: str) -> str:
    return f'<row r="1">{"".join(parts)}</row>'


def number(text: str, style: int = PLAIN) -> str:
    return f'<c s="{style}"><v>{text}</v></c>'


ROWS = {
    "numbers": cells(*map(number, ("0.125", "12", "-0", "1e3", "1E-7", "1234567.50", "198001012005011001", " 7 ", "0.1e-2", "1E400"))),
    "formats": cells(*(number("0.955", style) for style in (PERCENT, SAID_PERCENT, MONEY, RUPIAH, TEXT))),
    "days": cells(*(number(text, DAY) for text in ("46082", "46082.5", "59", "60", "61", "0", "0.5", "-1", "3000000000"))),
    "hours": cells(*(number(text, style) for text in ("0.25", "1.75", "46082.3125") for style in (CLOCK, SPAN))),
    "kinds": cells(
        '<c t="b"><v>1</v></c>', '<c t="b" s="1"><v>0</v></c>', '<c t="e"><v>#REF!</v></c>', '<c t="str"><v>teks</v></c>',
        '<c t="d"><v>2026-03-01T07:30:00</v></c>', '<c t="d"><v>2026-03-01</v></c>', '<c t="lain"><v>x</v></c>',
    ),
    "texts in place": cells(
        '<c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', '<c t="inlineStr"><is><r><rPr><b/></rPr><t>te</t></r><r><t>bal</t></r></is></c>',
        '<c t="inlineStr"><is><t>kanji</t><rPh sb="0" eb="1"><t>FON</t></rPh></is></c>', '<c t="inlineStr"><is><t/></is></c>', '<c t="inlineStr"/>',
    ),
    "no places": "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>",
    "places with gaps": '<row r="2"><c r="C2"><v>1</v></c><c><v>2</v></c></row><row r="5.0"><c r="AA5"><v>3</v></c></row><row><c><v>4</v></c></row>',
    "places out of order": '<row r="5"><c r="A5"><v>5</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    '<row r="6"><c r="B6"><v>6</v></c><c r="A6"><v>7</v></c><c r="B6"><v>8</v></c></row>',
    "far away": '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row><row r="1048576"><c r="A1048576"><v>3</v></c></row>',
    "blanks": '<row r="1"><c r="A1" s="1"/><c r="B1"><v></v></c><c r="C1" t="s"/></row><row r="3"/>',
    "white space": '\n <row r="1">\n  <c r="A1">\n   <v>1</v>\n  </c>\n  <c r="B1" t="inlineStr">\n   <is>\n    <t>x</t>\n   </is>\n  </c>\n </row>\n',
    "worked out": '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>',
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date")
@pytest.mark.parametrize("kind", ROWS)
def test_cells_are_what_openpyxl_says(kind):
    content = xlsx(ROWS[kind])
    expected = openpyxls(content)
    assert taken(content) == expected
    assert any(cell for row in expected for cell in row) or kind == "blanks"


def test_shared_texts_are_what_openpyxl_says():
    items = (
        '<si><t>a</t></si><si><r><t>te</t></r><r><t xml:space="preserve">bal </t></r></si>'
        '<si><t>kanji</t><rPh sb="0" eb="2"><t>FON</t></rPh></si><si><t>_x005F_x0041_</t></si><si/>'
    )
    content = xlsx(cells(*(f'<c t="s"><v>{place}</v></c>' for place in (4, 0, 1, 2, 3))), items)
    assert taken(content) == openpyxls(content)
    assert [cell and cell[0] for cell in taken(content)[0][:5]] == [None, "a", "tebal ", "kanji", "_x0041_"]


def test_days_of_an_old_mac_are_what_openpyxl_says():
    content = xlsx(cells(number("5", DAY), number("0.5", CLOCK)), from_1904=True)
    assert taken(content) == openpyxls(content)
    assert taken(content)[0][0][0] == datetime.combine(date(1904, 1, 6), time())


@pytest.mark.parametrize(
    "rows",
    ['<row r="x"/>', '<row r="1.5"/>', cells("<c><v>satu</v></c>"), cells('<c t="s"><v>7</v></c>'), cells(number("0.5", 99)), '<row r="1"><c'],
)  # fmt: skip
def test_what_is_no_sheet_is_refused(rows):
    content = xlsx(rows)
    for read in (taken, openpyxls):
        with pytest.raises(Exception):  # noqa: B017, PT011 – whatever the parser raises, the person is told that the file can't be read
            [cell.number_format for row in read(content) for cell in row if hasattr(cell, "number_format")]


def test_formulas_without_a_result_are_named_with_their_text():
    rows = (
        '<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>4</v></c></row>'
        '<row r="2"><c r="A2"><f>SUM(A1)</f></c><c r="B2"><f t="shared" si="0"/></c></row>'
        '<row r="3"><c r="A3" t="str"><f>""</f><v></v></c><c r="B3"><f t="array" ref="B3">A1:A2*2</f></c></row>'
    )
    sheet = ours(xlsx(rows))
    assert [(each.coordinate, each.text, each.is_empty_text) for each in sheet.uncounted(9)] == [
        ("A2", "=SUM(A1)", False), ("B2", "=A2*2", False), ("A3", '=""', True), ("B3", "=A1:A2*2", False),
    ]  # fmt: skip


def test_what_is_hidden_is_known():
    before = '<cols><col min="2" max="4" hidden="1"/><col min="6" max="6" hidden="0"/><col min="9" max="16384" hidden="true"/></cols>'
    sheet = ours(
        xlsx('<row r="2" hidden="1"/><row r="3" hidden="false"/><row r="7" hidden="true"/>', "", before)
    )
    assert len(sheet.rows(9)) == 7
    assert (sheet.hidden_rows, sheet.hidden_columns) == ([2, 7], [(2, 4), (9, 16384)])


def test_a_sheet_is_read_no_further_than_it_was_asked_for():
    rows = "".join(f'<row r="{row}"><c><v>{row}</v></c></row>' for row in range(1, 9000))
    sheet = ours(xlsx(rows))
    assert [[cell.value for cell in row] for row in sheet.rows(3)] == [[1], [2], [3]]
    assert len(sheet.found) < 10
    assert len(sheet.rows(9500)) == 8999


def test_what_broke_off_is_not_taken_for_the_end_of_a_sheet():
    sheet = ours(xlsx('<row r="1"><c><v>1</v></c></row><row r="2"><c><v>satu</v></c></row>'))
    with pytest.raises(ValueError, match="satu"):
        sheet.rows(9)
    with pytest.raises(NotKept):
        sheet.rows(9)
