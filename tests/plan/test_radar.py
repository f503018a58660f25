"""The consistency radar: each kind of finding is found where it is, and only there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from measurement.models import DocumentLine, Indicator, Pagu, PlanNode, Target
from measurement.plan.radar import KIND_LABELS, FindingKind, findings, short_name
from measurement.plan.radar.comparing import EXPECTED
from measurement.rules.sop import REFERENCE_DOCUMENTS
from tests.support.characters import YEAR, Office, add_indicator

SUB, KEGIATAN, PROGRAM = "7.01.02.2.01.0001", "7.01.02.2.01", "7.01.02"
MONEY = 10_000_000


def sub_line(indicator: str = "Jumlah laporan 1", **values) -> dict:
    return {
        "code": SUB,
        "name": "sub_kegiatan uji",
        "indicator": indicator,
        "measure": "Laporan",
        "target": 12,
        "pagu": MONEY,
    } | values


def both(**values) -> list[dict]:
    """A document that says about the sub kegiatan what the plan says, except for the values given for its first indicator."""
    return [sub_line(**values), sub_line("Jumlah laporan 2", pagu=None)]


def document(made: Office, kind: str, lines: list[dict]):
    found = made.plan.documents.create(
        kind=kind, year=YEAR, name="uji.xlsx", uploaded_by=made.tim, uploaded_at=timezone.now()
    )
    DocumentLine.objects.bulk_create(
        DocumentLine(document=found, number=n, **line) for n, line in enumerate(lines, 2)
    )
    return found


def said(made: Office, *kinds: FindingKind) -> list[str]:
    return [finding.sentence for finding in findings(made.plan, YEAR) if finding.kind in kinds]


def compared(made: Office) -> list[FindingKind]:
    """The kinds of what documents say otherwise."""
    others = {FindingKind.NO_DOCUMENT, FindingKind.NO_INDICATOR}
    return [finding.kind for finding in findings(made.plan, YEAR) if finding.kind not in others]


def branch(made: Office, level: str, code: str, name: str, parent: PlanNode, pagu: int = 0) -> PlanNode:
    node = PlanNode.objects.create(
        plan=made.plan, parent=parent, level=level, code=code, name=name, position=50
    )
    if pagu:
        Pagu.objects.create(node=node, year=YEAR, amount=pagu)
    return node


# A document against the plan


@pytest.mark.parametrize("kind", REFERENCE_DOCUMENTS)
def test_document_that_says_the_same_has_no_finding(kecamatan, kind):
    document(kecamatan, kind, both())
    assert compared(kecamatan) == []


@pytest.mark.parametrize(
    ("name", "light"),
    [("JUMLAH  LAPORAN 1.", True), ("Jumlah laporan-1", True), ("Jumlahnya laporan 1", False)],
)
def test_another_name_is_found_and_a_mere_spelling_is_light(kecamatan, name, light):
    document(kecamatan, "renja", both(indicator=name))
    finding = next(f for f in findings(kecamatan.plan, YEAR) if f.kind == FindingKind.NAME)
    assert compared(kecamatan) == [FindingKind.NAME]
    assert finding.light is light
    assert f"“{name}”" in finding.sentence
    assert "“Jumlah laporan 1” pada rencana" in finding.sentence
    assert (finding.mend.page, finding.mend.key) == ("indicator", kecamatan.indicators[0].pk)


def test_quite_another_name_is_one_too_many_and_one_too_few(kecamatan):
    document(kecamatan, "renja", both(indicator="Persentase desa tertib administrasi"))
    assert compared(kecamatan) == [FindingKind.ONLY_DOCUMENT, FindingKind.ONLY_PLAN]


def test_branch_called_otherwise_is_told_once(kecamatan):
    lines = [line | {"name": "Koordinasi Pemerintahan"} for line in both()]
    document(kecamatan, "renja", lines)
    assert said(kecamatan, FindingKind.NAME) == [
        f"Sub kegiatan {SUB} bernama “Koordinasi Pemerintahan” pada Renja {YEAR}, “sub_kegiatan uji” pada rencana."
    ]


def test_capitals_and_the_word_for_the_level_make_no_other_branch(kecamatan):
    PlanNode.objects.filter(code=PROGRAM).update(name="PROGRAM PELAYANAN PUBLIK")
    document(kecamatan, "renja", [*both(), {"code": PROGRAM, "name": "Pelayanan Publik"}])
    assert compared(kecamatan) == []


def test_another_unit_names_both(kecamatan):
    document(kecamatan, "perjakin", both(measure="Dokumen"))
    assert said(kecamatan, FindingKind.MEASURE) == [
        f"Satuan “Jumlah laporan 1”: Dokumen pada Perjakin {YEAR}, Laporan pada rencana."
    ]


@pytest.mark.parametrize(("ours", "theirs"), [("%", "Persen"), ("Orang/bulan", "orang / Bulan")])
def test_the_same_unit_in_other_letters_is_no_finding(kecamatan, ours, theirs):
    Indicator.objects.filter(name="Jumlah laporan 1").update(measure=ours)
    document(kecamatan, "renja", both(measure=theirs))
    assert compared(kecamatan) == []


def test_another_target_names_both(kecamatan):
    document(kecamatan, "iki", both(target=14))
    assert said(kecamatan, FindingKind.TARGET) == [
        f"Target {YEAR} “Jumlah laporan 1”: 14 pada IKI {YEAR}, 12 pada rencana."
    ]


def test_a_document_without_target_is_not_compared_in_it(kecamatan):
    document(kecamatan, "iki", both(target=None, measure=""))
    assert compared(kecamatan) == []


def test_another_pagu_names_both(kecamatan):
    document(kecamatan, "dpa", [{"code": SUB, "pagu": 9_000_000}])
    assert said(kecamatan, FindingKind.PAGU) == [
        f"Pagu Sub kegiatan {SUB}: Rp9.000.000 pada DPA {YEAR}, Rp10.000.000 pada rencana."
    ]
    assert compared(kecamatan) == [FindingKind.PAGU]


def test_pagu_of_a_program_is_that_of_its_sub_kegiatan(kecamatan):
    document(kecamatan, "perjakin", [{"code": PROGRAM, "pagu": MONEY}])
    assert compared(kecamatan) == []
    DocumentLine.objects.update(pagu=MONEY + 1)
    assert compared(kecamatan) == [FindingKind.PAGU]


@pytest.mark.parametrize("second", [MONEY, None])
def test_pagu_printed_once_or_on_each_line_is_the_same(kecamatan, second):
    document(kecamatan, "renja", [sub_line(), sub_line("Jumlah laporan 2", pagu=second)])
    assert compared(kecamatan) == []


def test_pagu_divided_among_the_indicators_is_added(kecamatan):
    document(kecamatan, "renja", [sub_line(pagu=4_000_000), sub_line("Jumlah laporan 2", pagu=6_000_000)])
    assert compared(kecamatan) == []


def test_printed_pagu_that_does_not_add_up_is_found_in_the_document(kecamatan):
    document(
        kecamatan,
        "renstra",
        [*both(), {"code": KEGIATAN, "pagu": 11_000_000}, {"code": PROGRAM, "pagu": MONEY}],
    )
    assert compared(kecamatan) == [FindingKind.ADDING_UP]
    assert (
        "Rp11.000.000, tetapi sub kegiatan di bawahnya berjumlah Rp10.000.000"
        in said(kecamatan, FindingKind.ADDING_UP)[0]
    )


def test_one_wrong_sub_kegiatan_is_not_told_again_of_its_kegiatan_and_program(kecamatan):
    """Whether the document adds up with it or keeps the plan's sums."""
    found = document(
        kecamatan,
        "renstra",
        [*both(pagu=7), {"code": KEGIATAN, "pagu": MONEY}, {"code": PROGRAM, "pagu": MONEY}],
    )
    assert compared(kecamatan) == [FindingKind.PAGU]
    found.lines.exclude(code=SUB).update(pagu=7)
    assert compared(kecamatan) == [FindingKind.PAGU]


def test_branch_that_the_plan_does_not_know_is_told_once_without_its_indicators(kecamatan):
    unknown = {"code": "7.01.09.2.01.0001", "name": "Sub baru"}
    document(
        kecamatan, "dpa", [*both(), sub_line("Jumlah pos", **unknown), sub_line("Jumlah patroli", **unknown)]
    )
    assert said(kecamatan, FindingKind.ONLY_DOCUMENT) == [
        f"“Sub baru” (7.01.09.2.01.0001) ada pada DPA {YEAR}, tetapi kodenya tidak ada pada rencana."
    ]


def test_code_that_the_plan_does_not_know_is_told_also_without_a_name(kecamatan):
    document(kecamatan, "dpa", [*both(), {"code": "7.01.09.2.01.0001", "pagu": 5}])
    assert said(kecamatan, FindingKind.ONLY_DOCUMENT) == [
        f"7.01.09.2.01.0001 ada pada DPA {YEAR}, tetapi kodenya tidak ada pada rencana."
    ]


def test_sub_kegiatan_that_the_document_lacks_is_told_once(kecamatan):
    other = branch(kecamatan, "sub_kegiatan", "7.01.02.2.01.0002", "Sub lain", kecamatan.sub.parent, pagu=5)
    add_indicator(kecamatan, "Jumlah kunjungan", node=other)
    document(kecamatan, "dpa", both())
    assert said(kecamatan, FindingKind.ONLY_PLAN) == [
        f"“Sub lain” ada pada rencana, tetapi tidak ada pada DPA {YEAR}."
    ]


def test_sub_kegiatan_that_is_not_planned_this_year_may_be_absent(kecamatan):
    other = branch(kecamatan, "sub_kegiatan", "7.01.02.2.01.0002", "Sub lain", kecamatan.sub.parent)
    Target.objects.filter(indicator=add_indicator(kecamatan, "Jumlah kunjungan", node=other)).update(annual=0)
    document(kecamatan, "dpa", both())
    assert FindingKind.ONLY_PLAN not in compared(kecamatan)


def test_levels_that_a_document_does_not_speak_of_are_not_missed(kecamatan):
    add_indicator(kecamatan, "Persentase program", node=PlanNode.objects.get(code=PROGRAM))
    document(kecamatan, "renja", both())
    assert compared(kecamatan) == []


def test_iku_without_codes_is_found_by_name_and_must_hold_every_sasaran(kecamatan):
    sasaran = PlanNode.objects.get(code="S1")
    for name in ("Indeks kepuasan masyarakat", "Nilai SAKIP"):
        add_indicator(kecamatan, name, node=sasaran)
    document(kecamatan, "iku", [{"indicator": "Indeks Kepuasan Masyarakat", "target": 13}])
    assert compared(kecamatan) == [FindingKind.NAME, FindingKind.TARGET, FindingKind.ONLY_PLAN]
    assert "Nilai SAKIP" in said(kecamatan, FindingKind.ONLY_PLAN)[0]


# Tables and queries


def test_tables_of_kinds_and_documents_are_whole():
    assert set(KIND_LABELS) == set(FindingKind)
    assert set(EXPECTED) == set(REFERENCE_DOCUMENTS)
    assert all(short_name(kind) for kind in REFERENCE_DOCUMENTS)


def test_findings_ask_as_often_for_many_lines_as_for_none(kecamatan):
    for kind in REFERENCE_DOCUMENTS:
        document(kecamatan, kind, both() * 20)
    with CaptureQueriesContext(connection) as captured:
        findings(kecamatan.plan, YEAR)
    assert len(captured) == 4
