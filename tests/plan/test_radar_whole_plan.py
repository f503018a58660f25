"""A whole published plan as a document: no finding where nothing differs, one for each change."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from measurement.models import Plan
from measurement.plan import planning_documents, table_import
from measurement.plan.radar import FindingKind, findings
from tests.plan.test_planning_documents import FIXTURE
from tests.spreadsheets.test_table_reading import table
from tests.support.characters import YEAR, Office

# A whole plan


@pytest.fixture
def published(kecamatan: Office) -> Plan:
    """The plan of the demonstration without its owners, who don't serve here."""
    plan = Plan.objects.create(unit=kecamatan.unit, name="Rencana", start_year=2025, end_year=2030)
    rows = published_rows()
    owner = rows[0].index("penanggung_jawab")
    table_import.apply(plan, table(as_csv([row[:owner] + row[owner + 1 :] for row in rows])), kecamatan.tim)
    return plan


def published_rows() -> list[list]:
    return list(csv.reader(io.StringIO(FIXTURE.read_text())))


def as_csv(rows: list[list]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def of_document(plan: Plan, rows: list[list], person) -> list[FindingKind]:
    """The kinds of findings after the table was uploaded as Renstra, without those about the plan alone."""
    reading = planning_documents.read_document(SimpleUploadedFile("renstra.csv", as_csv(rows).encode()), YEAR)
    planning_documents.store(plan, "renstra", YEAR, "renstra.csv", reading.lines, person)
    return [
        f.kind
        for f in findings(plan, YEAR)
        if f.kind not in (FindingKind.NO_DOCUMENT, FindingKind.NO_OWNER, FindingKind.DEFINITION)
    ]


def test_document_that_is_the_plan_has_no_finding(published, kecamatan):
    assert of_document(published, published_rows(), kecamatan.tim) == []


def test_four_changes_are_four_findings(published, kecamatan):
    rows = published_rows()
    column = rows[0].index
    subs = [row for row in rows if row[0] == "sub_kegiatan"]
    subs[0][column("indikator")] += " Terkait"
    subs[3][column("satuan")] = "Berkas"
    subs[5][column("target_2026")] = "99"
    subs[7][column("pagu_2026")] = "123456"
    assert of_document(published, rows, kecamatan.tim) == [
        FindingKind.NAME,
        FindingKind.MEASURE,
        FindingKind.TARGET,
        FindingKind.PAGU,
    ]
