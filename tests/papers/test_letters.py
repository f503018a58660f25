"""Nota dinas, notulen and berita acara: what an office expects to find on each of them."""

import html
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from measurement.models import Appointment, PaperSignature, Person, VoidNumber
from measurement.papers import KINDS, nota_dinas_arahan, nota_dinas_perintah, notulen
from measurement.papers.berita_acara_arsip import entry, gaps, signed_words
from measurement.papers.render import render_html
from measurement.papers.text import numbered_paragraphs
from measurement.record import officials
from measurement.rules.sop import STEPS, Output, Role
from tests.support.characters import SOP, cycle_at, fresh, person

pytestmark = pytest.mark.django_db


def read(content: dict, output: Output) -> str:
    """The words of a paper in the order in which they are printed."""
    text = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", render_html(KINDS[output], content), flags=re.DOTALL)
    return " ".join(html.unescape(text).split())


MEMOS = (Output.NOTA_DINAS_PERINTAH, Output.NOTA_DINAS_ARAHAN, Output.REKAPITULASI)


@pytest.mark.parametrize("output", MEMOS)
def test_a_nota_dinas_has_its_eight_fields_in_order_and_no_town(paper_contents, output):
    words = read(paper_contents[output], output)
    fields = ["Yth. :", "Dari :", "Tembusan :", "Tanggal :", "Nomor :", "Sifat :", "Lampiran :", "Hal :"]
    assert [field for _, field in sorted((words.index(field), field) for field in fields)] == fields
    assert "Uji, " not in words[words.index("Hal :") :].split("Lampiran Nota Dinas")[0]


def test_an_order_numbers_what_it_orders(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    cycle.instruction = "Ukur semua indikator.\nLampirkan bukti."
    body = KINDS[Output.NOTA_DINAS_PERINTAH].content(cycle, kecamatan.camat)["body"]
    assert [line["mark"] for line in body] == [f"{number}." for number in range(1, len(body) + 1)]
    assert [line["text"] for line in body[:2]] == ["Ukur semua indikator.", "Lampirkan bukti."]


def test_an_order_says_who_measures_what_until_when_and_to_whom_it_is_reported(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    words = " ".join(nota_dinas_perintah.standing_provisions(cycle, kecamatan.camat))
    assert "Triwulan I 2026 (1 Januari – 31 Maret 2026)" in words
    assert "seluruh ASN Kecamatan 416-317" in words
    assert "dilaporkan kepada Camat 416-317 dengan Laporan Hasil" in words
    assert "kami" not in words


def test_the_last_day_of_an_order_follows_from_the_standard_times(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    monday = datetime(2026, 3, 2, 7, 30, tzinfo=timezone.get_current_timezone())
    told = nota_dinas_perintah.until_when(cycle, monday)
    assert "adalah 4 hari 60 menit kerja" in told
    assert "paling lambat Jumat, 6 Maret 2026" in told


def test_without_working_hours_an_order_names_no_day(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    cycle.unit.work_spans.all().delete()
    assert nota_dinas_perintah.until_when(fresh(cycle), timezone.localtime()).endswith("menit kerja.")


def test_marks_of_the_orders_writer_stay_below_one_number(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    cycle.instruction = "a. satu\nb. dua"
    body = nota_dinas_perintah.provisions(cycle, kecamatan.camat)
    assert [line["mark"] for line in body[:4]] == ["1.", "a.", "b.", "2."]


def test_a_single_paragraph_and_a_writers_own_marks_stay_as_they_are():
    assert [line["mark"] for line in numbered_paragraphs("Satu alinea saja.")] == [""]
    assert [line["mark"] for line in numbered_paragraphs("Pokok:\na. satu\nb. dua")] == ["", "a.", "b."]


def test_the_invitation_follows_up_the_order_and_lists_who_is_called(paper_contents):
    content = paper_contents[Output.NOTA_DINAS_ARAHAN]
    order = paper_contents[Output.NOTA_DINAS_PERINTAH]
    assert f"Menindaklanjuti Nota Dinas Camat 416-317 Nomor {order['number']}" in content["basis"]
    assert (content["memo"]["attachment"], content["memo"]["copy"]) == ("1 (satu) lembar", "Camat 416-317")
    words = read(content, Output.NOTA_DINAS_ARAHAN)
    assert words.index("DAFTAR TIM SAKIP") < words.index("Anggota Tim SAKIP")


@pytest.mark.parametrize(
    ("days", "subject", "annex"),
    [(-1, "Arahan pelaksanaan", "DAFTAR TIM SAKIP"), (1, "Undangan rapat", "DAFTAR UNDANGAN RAPAT")],
)
def test_nobody_is_invited_to_a_meeting_that_was_held(kecamatan, paper_contents, days, subject, annex):
    cycle = cycle_at(kecamatan, "brief")
    cycle.meeting.starts_at = timezone.now() + timedelta(days=days)
    content = KINDS[Output.NOTA_DINAS_ARAHAN].content(cycle, kecamatan.sekcam)
    assert content["memo"]["subject"].startswith(subject)
    words = read(paper_contents[Output.NOTA_DINAS_ARAHAN] | content, Output.NOTA_DINAS_ARAHAN)
    assert annex in words
    assert ("telah diselenggarakan pada:" in words, "diminta hadir" in words) == (days < 0, days > 0)


def test_an_offices_own_opening_that_leads_to_the_meeting_needs_no_other(paper_contents):
    content = paper_contents[Output.NOTA_DINAS_ARAHAN]
    own = content | {
        "wording": content["wording"] | {"opening": [{"mark": "", "text": "Rapat diadakan pada:"}]}
    }
    assert "telah diselenggarakan pada:" not in read(own, Output.NOTA_DINAS_ARAHAN)


def test_a_letter_of_before_there_was_a_word_for_the_meeting_is_still_printed(paper_contents):
    content = {
        key: value
        for key, value in paper_contents[Output.NOTA_DINAS_ARAHAN].items()
        if key != "meeting_words"
    }
    old = {key: value for key, value in content["signatory"].items() if key != "post"}
    assert "Dari : Sekretaris Kecamatan Tembusan" in read(
        content | {"signatory": old}, Output.NOTA_DINAS_ARAHAN
    )


def test_the_record_of_archiving_counts_what_is_withdrawn_and_unsigned(kecamatan):
    cycle = cycle_at(kecamatan, "plan_activities")
    paper = cycle.papers.first()
    place = {"unit": paper.unit, "year": paper.year, "kind": paper.kind, "sequence": paper.sequence}
    VoidNumber.objects.create(
        **place, paper=paper, reason="Salah nama.", voided_at=timezone.now(), voided_by=kecamatan.camat
    )
    assert (
        gaps(list(cycle.papers.all())) == "1 (satu) naskah dibatalkan; 1 (satu) tanda tangan belum dibubuhkan"
    )


def test_without_a_team_the_invitation_has_no_annex(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    Appointment.objects.filter(role=Role.TIM_SAKIP).delete()
    content = nota_dinas_arahan.nota_dinas_arahan_content(cycle, kecamatan.sekcam)
    assert (content["memo"]["attachment"], content["invited"]) == ("–", [])
    assert "daftar terlampir" not in content["memo"]["to"]


def test_the_team_is_listed_with_post_and_part(kecamatan):
    assert officials.team(kecamatan.unit) == [
        {
            "number": "1",
            "person": str(kecamatan.tim.pk),
            "name": "Tim416-317",
            "title": "Staf",
            "part": "Anggota Tim SAKIP",
        }
    ]


@pytest.mark.parametrize(("chairs", "part"), [(True, "Ketua Tim SAKIP"), (False, "Anggota Tim SAKIP")])
def test_a_post_that_was_brought_by_file_is_no_part_in_the_team(kecamatan, chairs, part):
    Appointment.objects.filter(role=Role.TIM_SAKIP).update(title="Kasi Pemerintahan", chairs=chairs)
    assert officials.team(kecamatan.unit)[0]["part"] == part


def test_minutes_have_everything_that_minutes_have(paper_contents):
    words = read(paper_contents[Output.NOTULEN], Output.NOTULEN)
    heads = [
        "Rapat :",
        "Hari, tanggal :",
        "Waktu :",
        "Tempat :",
        "Acara :",
        "Pimpinan rapat :",
        "Notulis :",
        "A. Peserta",
        "C. Pembahasan",
        "D. Keputusan",
    ]
    assert [head for _, head in sorted((words.index(head), head) for head in heads)] == heads
    assert "WIB s.d. selesai" in words


def test_minutes_are_signed_by_their_writer_and_the_leader(paper_contents):
    content = paper_contents[Output.NOTULEN]
    assert (content["signatory"]["title"], content["leader"]["title"]) == (
        "Anggota Tim SAKIP",
        "Sekretaris Kecamatan",
    )
    assert {content["signatory"]["anchor"], content["leader"]["anchor"]} == {"ttd-1", "ttd-2"}


def test_attendance_is_counted_and_who_was_missing_is_named(kecamatan):
    absent = person("absen", kecamatan.unit, Role.TIM_SAKIP)
    Person.objects.filter(pk=absent.pk).update(name="Absen, S.Sos.")
    cycle = cycle_at(kecamatan, "prepare_method")
    content = notulen.notulen_content(cycle, kecamatan.tim)
    assert [someone["name"] for someone in content["attendees"]] == ["Sekcam416-317", "Tim416-317"]
    assert content["attendance"] == [
        "Hadir 2 (dua) orang; dari Tim SAKIP hadir 1 (satu) orang dari 2 (dua) orang.",
        "Tim SAKIP yang tidak hadir: Absen, S.Sos.",
    ]


def test_the_plan_of_activities_has_all_eleven_steps_with_a_day_each(paper_contents):
    schedule = paper_contents[Output.NOTULEN]["schedule"]
    assert [step["activity"] for step in schedule] == [step.activity for step in SOP.steps]
    days = [step["date"] for step in schedule]
    assert days[2] == "bersama naskah ini"
    assert all(
        re.fullmatch(r"(Sen|Sel|Ra|Ka|Jum|Sab|Ming)\w+, \d{1,2} \w+ \d{4}", day)
        for day in (*days[:2], *days[3:])
    )


def test_the_recapitulation_counts_what_is_attached(paper_contents):
    content = paper_contents[Output.REKAPITULASI]
    assert content["memo"]["attachment"] == "1 (satu) berkas, disertai 2 (dua) berkas Excel"
    assert [attachment["name"] for attachment in content["attachments"]] == [
        "rekap.xlsx",
        "formulir-e81.xlsx",
    ]


def test_a_record_of_archiving_begins_as_such_records_do(paper_contents):
    words = read(paper_contents[Output.ARSIP], Output.ARSIP)
    assert re.search(
        r"Pada hari ini, \w+ tanggal [a-z ]+ bulan \w+ tahun dua ribu [a-z ]+, yang bertanda tangan di bawah ini:",
        words,
    )
    assert "sebagaimana daftar isi berkas" in words


def test_everything_in_the_file_is_listed_with_number_and_state(paper_contents):
    content = paper_contents[Output.ARSIP]
    assert [paper["paper_number"] for paper in content["papers"]] == [
        paper_contents[step.output]["number"] for step in STEPS if step.output != Output.ARSIP
    ]
    assert content["papers"][2]["signatures"] == [
        "Anggota Tim SAKIP: belum ditandatangani",
        "Sekretaris Kecamatan: belum ditandatangani",
    ]
    assert content["paper_count"] == "10 (sepuluh) naskah"


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("lokal", "secara elektronik (tidak tersertifikasi)"),
        ("bsre", "secara elektronik (tersertifikasi)"),
        ("manual", "di luar sistem dan diunggah"),
    ],
)
def test_a_signature_is_called_what_it_is(method, words):
    signature = SimpleNamespace(signed_at=datetime(2026, 4, 2, 2, 0, tzinfo=UTC))
    signer = SimpleNamespace(
        title="Camat", method=method, person=SimpleNamespace(name="Budi"), signature=signature
    )
    assert signed_words(signer) == f"Camat: ditandatangani {words} oleh Budi, 2 April 2026"


def test_a_signed_paper_is_listed_with_the_digest_of_its_signed_file(kecamatan):
    paper = cycle_at(kecamatan, "brief").papers.get()
    PaperSignature.objects.create(
        signer=paper.signers.get(),
        path="uji/ttd.pdf",
        sha256="b" * 64,
        size=1,
        signed_at=timezone.now(),
        recorded_by=kecamatan.camat,
    )
    listed = entry(1, type(paper).objects.get(pk=paper.pk))
    assert listed["sha256"] == "b" * 64
    assert "oleh Camat416-317, " in listed["signatures"][0]


def test_a_withdrawn_paper_stays_on_the_list_and_says_why(kecamatan):
    paper = cycle_at(kecamatan, "brief").papers.get()
    place = {"unit": paper.unit, "year": paper.year, "kind": paper.kind, "sequence": paper.sequence}
    VoidNumber.objects.create(
        **place, paper=paper, reason="Salah nama.", voided_at=timezone.now(), voided_by=kecamatan.camat
    )
    assert entry(1, type(paper).objects.get(pk=paper.pk))["withdrawn"] == "Salah nama."
