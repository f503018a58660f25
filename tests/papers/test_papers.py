"""Official papers: every output of the SOP has one, its content is frozen words, and its file prints them."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pypdf import PdfReader

from measurement.models import (
    Appointment,
    Directive,
    Indicator,
    MeasurementCycle,
    Meeting,
    Person,
    Plan,
    PlanNode,
    PredicateLevel,
    PredicateScale,
    Unit,
    WorksheetNode,
    WorksheetRow,
)
from measurement.papers import KINDS, issue
from measurement.papers.render import render_html, render_pdf
from measurement.papers.text import paragraphs, printable
from measurement.rules.dates import clock, day_and_date, long_date
from measurement.rules.sop import MEASURE, STEP_BY_KEY, STEPS, Output, Role, RowState

TEMPLATES = sorted((Path(django_settings.BASE_DIR) / "templates" / "print").rglob("*.html"))
MORNING = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)


def pdf_text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture
def unit(db):
    scale = PredicateScale.objects.create(name="Skala uji", source="uji", valid_from=date(2020, 1, 1))
    PredicateLevel.objects.create(scale=scale, label="Sangat Tinggi", lower=91)
    PredicateLevel.objects.create(scale=scale, label="Rendah", lower=None)
    return Unit.objects.create(
        code="416-317", name="Kecamatan Uji", short_name="Uji", government="Pemerintah Kabupaten Contoh", address="Jalan Satu",
        town="Uji", predicate_scale=scale,
    )  # fmt: skip


@pytest.fixture
def people(unit):
    """One person per role that signs, by role."""
    made = {}
    for number, role in enumerate((Role.CAMAT, Role.SEKCAM, Role.TIM_SAKIP, Role.ASN), start=1):
        person = Person.objects.create(
            username=role,
            name=f"Pegawai {role}",
            nip=f"19700101199003100{number}",
            grade="Penata, III/c",
        )
        Appointment.objects.create(
            person=person, unit=unit, role=role, title=f"Jabatan {role}", starts=date(2020, 1, 1)
        )
        made[role] = person
    return made


@pytest.fixture
def cycle(unit, people):
    """A cycle with an empty worksheet and everything that the steps write."""
    plan = Plan.objects.create(
        unit=unit, name="Renstra", start_year=2026, end_year=2030, source_note="Renstra contoh"
    )
    cycle = MeasurementCycle.objects.create(
        unit=unit, plan=plan, year=2026, number=1, opened_at=MORNING, instruction="Laksanakan.\n1. Lengkapi bukti.",
        recap_note="Catatan rekap.", cover_note="Pengantar.", conclusion="Simpulan.", suggestions="Saran.", storage_location="Lemari 1",
    )  # fmt: skip
    meeting = Meeting.objects.create(
        cycle=cycle, starts_at=MORNING, place="Aula", agenda="Arahan", briefing="Arahan rapat."
    )
    meeting.attendees.set(people.values())
    return cycle


@pytest.fixture
def worksheet(cycle, people):
    """One sub kegiatan with money and two indicators: one measured, one with target 0."""
    owner = people[Role.ASN]
    common = {
        "level": "sub_kegiatan",
        "code": "7.01.01.2.01.0001",
        "name": "Penyusunan dokumen",
        "owner": owner,
        "position": 1,
    }
    plan_node = PlanNode.objects.create(plan=cycle.plan, **common)
    node = WorksheetNode.objects.create(
        cycle=cycle, plan_node=plan_node, pagu=1_500_000, spent=345_000, **common
    )
    for position, (name, target) in enumerate((("Jumlah dokumen", "8"), ("Indikator nol", "0"))):
        words = {"name": name, "measure": "dokumen", "owner": owner, "position": position}
        WorksheetRow.objects.create(
            cycle=cycle, node=node, indicator=Indicator.objects.create(node=plan_node, **words), target_year=Decimal(target),
            targets=[target] * 4, realised=Decimal("7.5"), state=RowState.DITERIMA, **words,
        )  # fmt: skip
    return cycle


def issue_step(cycle, people, key: str, **options):
    step = STEP_BY_KEY[key]
    return issue(cycle, step.output, people[step.actor], **options)


def test_every_output_of_the_sop_has_a_paper():
    assert set(KINDS) == set(Output)
    assert (
        len({kind.template for kind in KINDS.values()}) == len({kind.title for kind in KINDS.values()}) == 11
    )


def test_every_paper_prints_number_office_and_signatory(worksheet, people):
    for step in STEPS:
        paper = issue(worksheet, step.output, people[step.actor])
        words = pdf_text(render_pdf(KINDS[paper.kind], paper.content))
        assert paper.number in words, step.key
        assert "KECAMATAN UJI" in words, step.key
        # the kertas kerja pengukuran is the team's, whoever sent the last row
        signer = people[Role.TIM_SAKIP if step == MEASURE else step.actor]
        assert f"NIP {signer.printed_nip}" in words, step.key


def test_content_is_words_and_never_figures(worksheet, people):
    def leaves(value):
        if isinstance(value, dict | list):
            for item in value.values() if isinstance(value, dict) else value:
                yield from leaves(item)
        else:
            yield value

    for step in STEPS:
        content = issue(worksheet, step.output, people[step.actor]).content
        frozen = {key: value for key, value in content.items() if key not in ("round", "year")}
        assert {type(leaf) for leaf in leaves(frozen)} <= {str, bool}, step.key


def test_every_paper_can_be_made_of_an_empty_worksheet(cycle, people):
    for step in STEPS:
        content = issue(cycle, step.output, people[step.actor]).content
        assert "</html>" in render_html(KINDS[step.output], content)


def test_pdf_has_title_language_and_our_fonts(cycle, people):
    paper = issue_step(cycle, people, "order")
    pdf = PdfReader(io.BytesIO(render_pdf(KINDS[paper.kind], paper.content)))
    fonts = {
        font["/BaseFont"].split("+")[1]
        for font in (f.get_object() for f in pdf.pages[0]["/Resources"]["/Font"].values())
    }
    assert pdf.metadata.title == "Nota Dinas Perintah Pengukuran Data Kinerja Triwulan I 2026"
    assert pdf.root_object["/Lang"] == "id"
    assert {font.split("-")[0] for font in fonts} == {"Naskah"}


def test_target_zero_is_counted_out_loud_and_never_a_figure(worksheet, people):
    content = issue_step(worksheet, people, "recapitulate").content
    assert content["recap"][0]["capaian"] == "93,75 %"
    assert (
        content["recap"][0]["counted"] == "1 dari 2 indikator dihitung (1 tidak dapat dihitung: target nol)"
    )
    assert content["uncounted"] == [
        {"name": "Indikator nol", "gap": "tidak dapat dihitung: target nol", "reason": ""}
    ]


def test_money_stands_on_the_sub_kegiatan_once(worksheet, people):
    group = issue_step(worksheet, people, "measure").content["groups"][0]
    assert (group["pagu"], group["spent_to_date"], group["serapan"]) == (
        "Rp1.500.000",
        "Rp345.000",
        "23,00 %",
    )
    assert not any("pagu" in row for row in group["rows"])


def test_a_return_carries_the_lembar_arahan(cycle, people):
    arahan = {"round": 2, "given_by": people[Role.SEKCAM], "given_at": MORNING}
    Directive.objects.create(cycle=cycle, text="Lengkapi serapan anggaran.", **arahan)
    paper = issue_step(cycle, people, "approve", approved=False)
    html = render_html(KINDS[paper.kind], paper.content)
    assert "Lembar arahan" in html
    assert "Lengkapi serapan anggaran." in html
    assert "Disetujui" not in html


def test_an_approval_says_what_it_is_material_for(cycle, people):
    paper = issue_step(cycle, people, "approve")
    html = render_html(KINDS[paper.kind], paper.content)
    assert "sebagai bahan Laporan Kinerja dan Evaluasi" in html
    assert "Lembar arahan" not in html


def test_a_sekcam_who_judges_their_own_rows_is_named(worksheet, people):
    worksheet.rows.update(owner=people[Role.SEKCAM])
    content = issue_step(worksheet, people, "approve").content
    assert content["own_work"] == [
        "Pegawai sekcam juga penanggung jawab atas 2 indikator yang dinilai dalam naskah ini."
    ]


def test_plh_signs_for_the_camat_who_is_away(cycle, people, unit):
    acting = Person.objects.create(username="plh", name="Pegawai Pengganti", nip="197001011990031009")
    Appointment.objects.create(
        person=acting, unit=unit, role=Role.CAMAT, kind="plh", title="Camat", starts=date(2024, 1, 1)
    )
    assert issue_step(cycle, people, "report_to_camat").content["acknowledged"]["title"] == "Plh. Camat"


def test_second_paper_of_a_kind_names_the_one_it_replaces(cycle, people):
    first, second = (issue_step(cycle, people, "recapitulate") for _ in range(2))
    assert first.content["replaces"] == ""
    assert second.content["replaces"] == first.number != second.number


def test_dates_and_times_are_indonesian():
    assert long_date(date(2023, 10, 5)) == "5 Oktober 2023"
    assert day_and_date(MORNING) == "Kamis, 2 April 2026"
    assert clock(MORNING) == "09.00 WIB"


def test_list_items_keep_their_mark_apart():
    lines = paragraphs("Pokok:\n\n1. satu\n- dua\n2026 bukan butir")
    assert [line["mark"] for line in lines] == ["", "1.", "-", ""]


def test_unprintable_characters_are_left_out():
    assert printable({"a": ["x\x00\ud800\u202ey\n", True]}) == {"a": ["xy\n", True]}


def test_templates_escape_everything_and_stay_small():
    for path in TEMPLATES:
        text = path.read_text()
        assert "|safe" not in text, path.name
        assert "autoescape" not in text, path.name
        assert text.count("\n") <= 120, path.name
