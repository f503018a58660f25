"""Every declared field of a worksheet row is filled in once and looked for wherever people meet it. What is missing is said by field and place."""

import io
import json
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from docx import Document

from measurement.archiving.records import as_json, records
from measurement.doors import directive_answers, measuring, workflow
from measurement.doors.measuring import SheetChange
from measurement.figures.calculation import calculate
from measurement.models import Indicator, MeasurementCycle, WorksheetRow
from measurement.papers import KINDS
from measurement.papers.lkjip import lkjip_material
from measurement.papers.render import render_html
from measurement.record import rounds
from measurement.record.rounds import Arahan
from measurement.rules.row_fields import (
    CAUSES,
    IN_REPORT,
    ROW_FIELDS,
    ROW_TEXTS,
    ROW_VALUES,
    Asked,
    RowText,
    SheetPlace,
)
from measurement.rules.sop import SEND_BACK, Output
from measurement.spreadsheets.e81_export import e81_workbook
from tests.support.characters import Office, add_indicator, cycle_at, fresh, settle, walk
from tests.support.pages import logged_in
from tests.support.step_pages import address

VALUES = {"realised": "7.251", "numerator": "4.123", "denominator": "9.877"}
SHORT = "1.25"  # three were planned
FAR = "7.251"  # more than twice as much as planned: a hint

FIELDS = {field.key for field in ROW_FIELDS}
TEXTS = {field.key for field in ROW_TEXTS}
# Place → which fields are looked for there. A page without the parts of a ratio shows their quotient.
PLACES = {
    "on the worksheet": FIELDS,
    "in the workbook to fill in": FIELDS,
    "in the workbook of the worksheet": FIELDS,
    "on the page of all rows": TEXTS | {"realised"},
    "on the page of the evaluation": FIELDS,
    "in the differences of rounds": FIELDS,
    "on the page of the decision": FIELDS,
    "in Kertas Kerja Pengukuran": FIELDS,
    "in Kertas Kerja Evaluasi": FIELDS,
    "in Laporan Hasil": set(IN_REPORT)
    | {text.key for text in ROW_TEXTS if text.sheet == SheetPlace.EVIDENCE},
    "in the material for the LKjIP": set(IN_REPORT),
    "in Form E.81": {text.key for text in ROW_TEXTS if text.e81_heading},
    "in the audit trail": FIELDS,
    "in the archive": FIELDS,
}
# The same where an indicator falls short of its target.
PLACES_OF_SHORT = {"in Laporan Hasil": set(IN_REPORT), "among the causes on Capaian": set(CAUSES)}


def marker(key: str, start: str = "Penanda") -> str:
    return f"{start} {key.replace('_', ' ')} sekali"


def shown_number(text: str) -> str:
    return text.replace(".", ",")


def written(row: WorksheetRow, more: str = "") -> dict:
    """What the owner fills in: in every text its marker. `more` ends it differently in a further round."""
    is_short = row.name == "Yang kurang"
    texts = {text.key: marker(text.key, "Sebab" if is_short else "Penanda") + more for text in ROW_TEXTS}
    values = {
        key: Decimal(SHORT if is_short else VALUES[key] + ("1" if more else "")) for key in row.asked_values
    }
    reply = {"reply": marker("reply")} if "reply" in row.asked_answers else {}
    return values | texts | reply


def fill_in(made: Office, cycle: MeasurementCycle, more: str = "") -> None:
    changes = [
        SheetChange(row.pk, row.version, written(row, more))
        for row in measuring.movable(cycle, "save", made.asn)
    ]
    money = [
        SheetChange(node.pk, node.version, {"spent": node.pagu // 5})
        for node in measuring.open_money(cycle, made.asn)
        if node.carries_money and node.spent is None
    ]
    measuring.save(cycle.pk, made.asn, changes, money)


def cells_of(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = [
        cell.value for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None
    ]
    return "\n".join(
        str(value).replace(".", ",") if isinstance(value, int | float) else str(value) for value in found
    )


def paragraphs_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def page(person, url: str) -> str:
    return logged_in(person).get(url).content.decode()


def paper(cycle: MeasurementCycle, kind: Output) -> str:
    issued = cycle.papers.filter(kind=kind).latest("pk")
    return render_html(KINDS[kind], issued.content)


def places_while_measured(made: Office, cycle: MeasurementCycle) -> dict[str, str]:
    return {
        "on the worksheet": page(made.asn, reverse("worksheet", args=[cycle.pk])),
        "in the workbook to fill in": cells_of(
            logged_in(made.asn).get(reverse("worksheet_form", args=[cycle.pk])).content
        ),
        "in the workbook of the worksheet": cells_of(
            logged_in(made.asn).get(reverse("worksheet_xlsx", args=[cycle.pk])).content
        ),
    }


def places_while_evaluated(made: Office, cycle: MeasurementCycle) -> dict[str, str]:
    return {
        "on the page of the evaluation": page(made.tim, address(cycle, "evaluate")),
        "on the page of all rows": page(made.sekcam, reverse("overview", args=[cycle.pk])),
        "in the differences of rounds": "\n".join(
            f"{item.label} {item.after}" for item in rounds.differences(cycle)
        ),
    }


def places_of_archived(made: Office, cycle: MeasurementCycle) -> dict[str, str]:
    sheet = calculate(cycle)
    return {
        "in Kertas Kerja Pengukuran": paper(cycle, Output.PENGUKURAN),
        "in Kertas Kerja Evaluasi": paper(cycle, Output.EVALUASI),
        "in Laporan Hasil": paper(cycle, Output.LAPORAN),
        "in the material for the LKjIP": paragraphs_of(lkjip_material(sheet)),
        "in Form E.81": cells_of(e81_workbook(sheet)),
        "in the audit trail": json.dumps(
            list(cycle.audit.filter(action="row_send").values_list("data", flat=True))
        ),
        "in the archive": as_json(records(cycle)["data/baris.json"]).decode(),
        "among the causes on Capaian": page(made.camat, reverse("achievement")),
    }


@pytest.fixture
def places(kecamatan) -> dict[str, str]:
    """Place → all that stands there, from a cycle that the Sekcam returned once and that was then archived."""
    add_indicator(kecamatan, "Yang kurang", 8)
    add_indicator(kecamatan, "Yang berupa rasio", 9, accumulation="rasio")
    Indicator.objects.filter(name="Jumlah laporan 2").update(retired=True)
    cycle = cycle_at(kecamatan, "measure")
    fill_in(kecamatan, cycle)
    found = places_while_measured(kecamatan, cycle)
    assert not measuring.send(cycle.pk, kecamatan.asn).gaps
    settle(kecamatan, fresh(cycle))
    cycle = walk(kecamatan, fresh(cycle), "approve")
    arahan = [Arahan("Lengkapi kembali isian ini.", row.pk) for row in cycle.rows.all()]
    cycle = workflow.perform(cycle, SEND_BACK, kecamatan.sekcam, arahan=arahan)
    fill_in(kecamatan, cycle, " lagi")
    measuring.send(cycle.pk, kecamatan.asn)
    found |= places_while_evaluated(kecamatan, fresh(cycle))
    accept_all(kecamatan, cycle)
    cycle = walk(kecamatan, fresh(cycle), "approve")
    found["on the page of the decision"] = page(kecamatan.sekcam, address(cycle, "approve"))
    return found | places_of_archived(kecamatan, walk(kecamatan, cycle))


def accept_all(made: Office, cycle: MeasurementCycle) -> None:
    measuring.accept(
        cycle.pk, made.tim, dict(cycle.rows.filter(state="terkirim").values_list("pk", "version"))
    )
    for directive in cycle.directives.filter(round=cycle.round):
        directive_answers.answer(cycle.pk, made.tim, directive.pk, "Sudah dilengkapi seperti diminta.")


def missing_fields(
    places: dict[str, str], wanted: dict[str, set[str]], sign_of: Callable[[str], list[str]]
) -> list[str]:
    return [
        f"“{key}” is declared in rules/row_fields.py, but what its owner filled in is not shown {place}."
        for place, keys in wanted.items()
        for key in sorted(keys)
        if not any(sign in places[place] for sign in sign_of(key))
    ]


def signs(key: str) -> list[str]:
    """A number as people read it, and as it is kept."""
    return [marker(key)] if key in TEXTS else [shown_number(VALUES[key]), VALUES[key]]


def test_every_field_is_shown_wherever_it_is_declared(places):
    missing = missing_fields(places, PLACES, signs)
    missing += missing_fields(places, PLACES_OF_SHORT, lambda key: [marker(key, "Sebab")])
    assert not missing, "\n".join(missing)


def test_every_field_is_called_by_its_label(places):
    """Where it is filled in, in the workbooks, and where the Sekcam sees what changed."""
    called = {
        "on the worksheet": [text.question for text in ROW_TEXTS],
        "in the workbook to fill in": [
            *(value.label for value in ROW_VALUES),
            *(text.heading for text in ROW_TEXTS),
        ],
        "in the workbook of the worksheet": [text.export_heading for text in ROW_TEXTS],
        "on the page of the decision": [field.label for field in ROW_FIELDS],
        "in Kertas Kerja Evaluasi": [
            text.label for text in ROW_TEXTS if text.sheet in (SheetPlace.COLUMN, SheetPlace.LINE)
        ],
        "in Laporan Hasil": list(IN_REPORT.values()),
        "in Form E.81": [text.e81_heading for text in ROW_TEXTS],
    }
    missing = [
        f"“{label}” stands nowhere {place}."
        for place, labels in called.items()
        for label in labels
        if label not in places[place]
    ]
    assert not missing, "\n".join(missing)


def test_every_field_has_its_column_in_the_database():
    columns = {column.name: column for column in WorksheetRow._meta.fields}
    missing = [field.key for field in ROW_FIELDS if field.key not in columns]
    assert not missing, (
        f"declared in rules/row_fields.py, but models/worksheet.py has no column for {missing}"
    )
    wrong = [
        f"{field.key}: “{columns[field.key].verbose_name}”"
        for field in ROW_FIELDS
        if columns[field.key].verbose_name
        != (field.heading if isinstance(field, RowText) else field.label).lower()
    ]
    assert not wrong, f"the column is called otherwise than the field: {wrong}"


def test_a_text_that_can_be_required_says_what_is_lacking():
    never = (Asked.WITH_HINTS, Asked.FREELY)
    wrong = [text.key for text in ROW_TEXTS if bool(text.gap) == (text.asked in never)]
    assert not wrong, f"`gap` is the sentence of a text that can be required, and of no other: {wrong}"


def test_only_one_text_answers_the_hints():
    """Pages offer it beside the hints, by its name."""
    assert [text.key for text in ROW_TEXTS if text.asked == Asked.WITH_HINTS] == ["hint_answer"]
