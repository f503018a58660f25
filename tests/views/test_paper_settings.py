"""Pengaturan naskah: the administrator decides how the next papers are numbered, signed and worded."""

import pytest
from django.urls import reverse

from measurement.models import PaperSetting
from measurement.papers import KINDS
from measurement.papers.render import render_html
from measurement.rules.sop import Output
from tests.support.characters import cycle_at, open_cycle
from tests.support.pages import form_of, logged_in, submit, words

KIND = Output.NOTA_DINAS_PERINTAH
LIST = "/pengaturan/naskah/"
PAGE = f"{LIST}{KIND}/"


@pytest.fixture
def admin(kecamatan):
    return logged_in(kecamatan.administrator)


def save(client, **changes):
    return submit(client, PAGE, **{"action": "save", **changes})


def test_every_kind_is_listed_with_its_next_number(admin):
    page = words(admin.get(LIST))
    for kind in KINDS.values():
        assert kind.title in page
        assert f"000.8.6.3/1/{kind.code}/416-317/" in page


def test_the_menu_leads_the_administrator_there_and_nobody_else(kecamatan, admin):
    assert LIST in admin.get(reverse("inbox")).content.decode()
    assert LIST not in logged_in(kecamatan.tim).get(reverse("inbox")).content.decode()


@pytest.mark.parametrize("role", ["camat", "sekcam", "tim", "asn"])
def test_nobody_else_gets_in(kecamatan, role):
    client = logged_in(getattr(kecamatan, role))
    for url in (LIST, PAGE):
        assert client.get(url).status_code == 403
        assert client.post(url, {"method": "manual"}).status_code == 403
    assert not PaperSetting.objects.exists()


def test_what_is_no_kind_of_paper_is_not_found(admin):
    assert admin.get(f"{LIST}surat-cinta/").status_code == 404


def test_own_words_stand_on_the_next_paper(kecamatan, admin):
    assert save(admin, opening="Laksanakan {name} {period}\ndi {unit} menurut {sop}.").status_code == 302
    opening = open_cycle(kecamatan).papers.get().content["wording"]["opening"]
    assert [line["text"] for line in opening] == [
        "Laksanakan Pengukuran Data Kinerja Triwulan I 2026",
        "di Kecamatan 416-317 menurut 065/1/2023.",
    ]
    assert "kalimat sendiri" in words(admin.get(LIST))


def test_issued_papers_keep_their_words(kecamatan, admin):
    before = open_cycle(kecamatan).papers.get()
    save(admin, opening="Kalimat yang baru.")
    content = dict(before.content)
    before.refresh_from_db()
    assert before.content == content


def test_the_number_follows_the_new_pattern_and_is_shown(kecamatan, admin):
    response = admin.post(
        PAGE, {"method": "lokal", "number_pattern": "ND-{urut:03}/{tahun}", "action": "save"}, follow=True
    )
    assert "Nomor berikutnya: ND-001/" in words(response)
    assert open_cycle(kecamatan).papers.get().number.startswith("ND-001/")


@pytest.mark.parametrize(
    "pattern", ["{urut}", "{tahun}", "{urut}/{tahun}/{rahasia}", "{urut.x}/{tahun}", "x" * 101]
)
def test_a_pattern_that_cannot_number_is_refused(admin, pattern):
    response = save(admin, number_pattern=pattern)
    assert response.status_code == 422
    assert form_of(response)["number_pattern"] == pattern
    assert not PaperSetting.objects.exists()


def test_the_summary_names_the_field_once(admin):
    assert "Pola nomor : Bagian yang wajib ada: {urut}, {tahun}." in words(
        save(admin, number_pattern="{urut}")
    )


def test_a_pattern_whose_next_number_is_taken_is_refused(kecamatan, admin):
    save(admin, number_pattern="N2-{urut}/{tahun}")
    taken = open_cycle(kecamatan).papers.get().number
    response = save(admin, number_pattern="N{urut}-1/{tahun}")
    assert response.status_code == 422
    assert f"Nomor {taken} sudah dipakai" in words(response)


def test_bsre_can_be_chosen_only_where_it_is_connected(admin, settings):
    assert "Belum dapat dipilih: layanan BSrE belum disambungkan" in words(admin.get(PAGE))
    assert save(admin, method=["bsre"]).status_code == 422
    settings.BSRE_URL = "https://bsre.example.go.id"
    assert "Belum dapat dipilih" not in words(admin.get(PAGE))
    assert save(admin, method=["bsre"]).status_code == 302
    assert PaperSetting.objects.get().method == "bsre"


def test_local_signing_says_what_happens_until_there_is_an_authority(admin):
    assert "belum membuat otoritas sertifikat" in words(admin.get(PAGE))


def test_papers_are_signed_in_the_chosen_way(kecamatan, admin):
    save(admin, method=["manual"])
    assert open_cycle(kecamatan).papers.get().signers.get().method == "manual"


@pytest.mark.parametrize("text", ["Pada {tanggal} di {unit}.", "{unit.pk}", "{UNIT}", "{}"])
def test_an_unknown_part_in_braces_is_refused_with_a_hint(admin, text):
    response = save(admin, opening=text)
    assert response.status_code == 422
    assert "yang diisi sendiri hanya {unit}, {period}, {sop}, dan {name}" in words(response)


def test_an_endless_text_is_refused(admin):
    assert save(admin, closing="x" * 4001).status_code == 422


def test_the_default_itself_is_not_kept_as_ones_own(admin):
    default = KINDS[KIND].wording["closing"]
    save(admin, closing=default.replace("\n", "\r\n"))
    assert PaperSetting.objects.get().closing == ""


def test_a_blank_text_follows_the_default_again(kecamatan, admin):
    save(admin, opening="Sementara saja.")
    save(admin, opening="")
    words_now = open_cycle(kecamatan).papers.get().content["wording"]["opening"][0]["text"]
    assert words_now.startswith("Dalam rangka pelaksanaan Standar Operasional Prosedur")


def test_everything_goes_back_to_the_defaults_with_one_button(admin):
    save(admin, opening="Sementara saja.", number_pattern="{urut}/{tahun}")
    assert "Kembalikan semua ke bawaan" in words(admin.get(PAGE))
    assert "kembali ke bawaan" in words(admin.post(PAGE, {"action": "reset"}, follow=True))
    assert not PaperSetting.objects.exists()
    assert "Kembalikan semua ke bawaan" not in words(admin.get(PAGE))


def test_only_the_texts_that_a_kind_has_are_offered_and_kept(admin):
    page = form_of(admin.get(f"{LIST}{Output.REKAP}/"))
    assert ("note" in page, "opening" in page) == (True, False)
    assert "tidak memuat kalimat yang dapat diganti" in words(admin.get(f"{LIST}{Output.NOTULEN}/"))
    admin.post(f"{LIST}{Output.REKAP}/", {"method": "lokal", "note": "Catatan.", "opening": "Diselundupkan."})
    setting = PaperSetting.objects.get()
    assert (setting.note, setting.opening) == ("Catatan.", "")


def test_a_posted_unit_or_kind_has_no_effect(kecamatan, neighbour, admin):
    save(admin, unit=neighbour.unit.pk, kind=Output.LAPORAN, closing="Demikian.")
    setting = PaperSetting.objects.get()
    assert (setting.unit, setting.kind) == (kecamatan.unit, KIND)


def test_markup_in_own_words_is_shown_as_text(admin):
    save(admin, opening="<script>alert(1)</script>")
    page = admin.get(PAGE).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_every_paper_prints_the_words_that_may_be_changed(kecamatan):
    for kind in KINDS:
        PaperSetting.objects.create(
            unit=kecamatan.unit, kind=kind, **{part: f"Milik sendiri {part}." for part in KINDS[kind].wording}
        )
    for paper in cycle_at(kecamatan, None).papers.all():
        page = render_html(KINDS[paper.kind], paper.content)
        assert [part for part in KINDS[paper.kind].wording if f"Milik sendiri {part}." not in page] == [], (
            paper.kind
        )


def test_the_office_decides_tembusan_sifat_and_lampiran_of_its_letters(kecamatan, admin):
    save(admin, copy_to="Bupati Uji\nInspektur Uji", nature="segera", enclosure="2 (dua) lembar")
    memo = open_cycle(kecamatan).papers.get().content["memo"]
    assert (memo["copy"], memo["nature"]) == ("1. Bupati Uji\n2. Inspektur Uji", "Segera")
    assert memo["attachment"] == "2 (dua) lembar"


def test_lampiran_counts_the_workbooks_in_the_letter(kecamatan):
    paper = cycle_at(kecamatan, "approve").papers.get(kind=Output.REKAPITULASI)
    assert paper.content["memo"]["attachment"] == "1 (satu) berkas, disertai 2 (dua) berkas Excel"


def test_only_letters_have_a_tembusan(admin):
    assert 'name="copy_to"' in admin.get(PAGE).content.decode()
    assert 'name="copy_to"' not in admin.get(f"{LIST}{Output.LAPORAN}/").content.decode()
