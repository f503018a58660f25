"""The SOP walked by people in headless Chromium on the demonstration office: TW II from step 5 to the archive with one return at step 9,
then TW III from the Camat's order to the opened worksheet. One login per actor, every paper really made, and no JavaScript anywhere."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.support.browser import Visitor
from tests.support.filling_in import fill_sheet, send

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

TW2 = "/siklus/2/"
TW3 = "/siklus/3/"
PIN = "135790"
CONTEXT = {"java_script_enabled": False}


def test_every_asn_sends_what_waits_for_them(login):
    for number in range(1, 18):
        asn = login(f"asn{number:02}")
        asn.go("/")
        if "Tidak ada yang menunggu Anda" in asn.text:
            continue
        asn.follow(asn.page.locator("article.task a").first)
        fill_sheet(asn)
        assert "belum lengkap" not in asn.text
    for username in ("camat", "sekcam", "tim1", "tim2", "tim3", "tim4", "admin"):
        person = login(username)
        person.go(f"{TW2}kertas-kerja/")
        if person.page.get_by_role("button", name="Kirim", exact=True).count():
            fill_sheet(person)
    assert "Langkah 6 dari 11" in login("tim1").page.goto(login("tim1").address + TW2).text()


def test_tim_sakip_evaluates_and_returns_one_row(login):
    tim = login("tim1")
    tim.go(f"{TW2}langkah/6/")
    tim.unfold()
    row = tim.page.locator("tbody:has(input[value=return])").first
    owner = row.locator("tr.indicator th .code").inner_text()
    row.locator("input[value=return]").check()
    row.locator("input[name^='reason-']").fill("Lengkapi halaman bukti yang dirujuk.")
    tim.follow(tim.page.locator(".action-bar").get_by_role("button", name="Simpan"))
    tim.click("Dikembalikan (1)")
    assert "Lengkapi halaman bukti yang dirujuk." in tim.text
    resend(login, owner)
    finish_evaluation(login, plain=True)


def account_of(owner_line: str) -> str:
    """The user name behind "ASN Contoh 03" among the parts of a row's small line."""
    others = {
        "Camat Contoh": "camat",
        "Sekretaris Kecamatan Contoh": "sekcam",
        "Administrator Contoh": "admin",
    }
    for part in map(str.strip, owner_line.split("·")):
        for title, prefix in (("ASN Contoh ", "asn"), ("Tim SAKIP Contoh 0", "tim")):
            if part.startswith(title):
                return prefix + part.removeprefix(title)
        if part in others:
            return others[part]
    raise AssertionError(f"nobody is named in {owner_line}")


def resend(login, owner_line: str) -> None:
    asn = login(account_of(owner_line))
    asn.go("/")
    asn.take("Lengkapi baris yang dikembalikan")
    asn.unfold()
    asn.page.locator("textarea[name^='evidence_note-']").first.fill("Register kegiatan, halaman 4 sampai 6.")
    send(asn)
    assert "dikirim ke Tim SAKIP" not in asn.text  # nobody knows yet what became of the reason
    [reply] = asn.page.locator("textarea[name^='reply-']").all()
    reply.fill("Halaman register sudah disebut pada letak bukti.")
    send(asn)
    assert "dikirim ke Tim SAKIP" in asn.text


def finish_evaluation(login, plain: bool) -> None:
    """What raises no doubt is accepted together, then the others one by one."""
    tim = login("tim1")
    tim.go(f"{TW2}langkah/6/")
    at_once = tim.page.get_by_role("button", name=re.compile(r"Terima \d+ baris sekaligus"))
    assert at_once.count() == plain
    if plain:
        tim.follow(at_once)
    tim.unfold()
    for verdict in tim.page.locator("input[value=accept]").all():
        verdict.check()
    tim.click("Selesaikan evaluasi")
    assert "giliran Tim SAKIP" in tim.text


def report_to_sekcam(login, note: str) -> None:
    tim = login("tim2")
    tim.go("/")
    tim.take("Tetapkan rekap")
    tim.page.fill("#id_recap_note", note)
    tim.click("Tetapkan rekap")
    tim.go(f"{TW2}langkah/8/")
    tim.click("Kirim ke Sekcam")
    assert "giliran Sekcam" in tim.text


def test_sekcam_returns_with_arahan_and_only_that_row_opens(login):
    report_to_sekcam(login, "Hasil triwulan II dihitung dari seluruh baris yang diterima.")
    sekcam = login("sekcam")
    sekcam.go(f"{TW2}langkah/9/")
    sekcam.click("Kembalikan ke Tim SAKIP")
    assert "Tuliskan arahan" in sekcam.text
    sekcam.go("/")
    sekcam.take("Putuskan")
    sekcam.page.fill("#arahan", "Jelaskan hambatan pada setiap capaian yang rendah.")
    row = sekcam.page.locator("details[id^='baris-']").first
    owner = row.locator("summary .code").inner_text()
    row.locator("summary").click()
    clicks_to_unfold = 1
    row.get_by_label("Arahan pada baris ini").fill("Uraikan hambatan dan rencana perbaikannya.")
    sekcam.click("Kembalikan ke Tim SAKIP")
    assert "kembali ke langkah 6, putaran 2" in sekcam.text
    assert sekcam.clicks + clicks_to_unfold <= 4
    resend(login, owner)


def test_tim_answers_and_sekcam_approves_the_second_round(login):
    tim = login("tim1")
    tim.go(f"{TW2}langkah/6/")
    for box in tim.page.locator("textarea[name^='answer-']").all():
        box.fill("Sudah dijelaskan pada kolom analisis baris terkait.")
    tim.follow(tim.page.locator(".action-bar").get_by_role("button", name="Simpan"))
    finish_evaluation(login, plain=False)
    report_to_sekcam(login, "Arahan putaran pertama telah dipenuhi seluruhnya.")
    sekcam = login("sekcam")
    sekcam.go("/")
    sekcam.take("Putuskan")
    sekcam.page.locator("summary", has_text="perubahan sejak putaran sebelumnya").click()
    assert "Register kegiatan, halaman 4 sampai 6." in sekcam.text
    sekcam.click("Setujui rekapitulasi")
    assert "Sekarang langkah 10" in sekcam.text
    assert sekcam.clicks <= 3


def sign_what_waits(visitor: Visitor) -> None:
    """All papers on the page of signatures, with one PIN."""
    visitor.go("/")
    visitor.take(re.compile(r"Tanda tangani \d+ naskah"))
    for box in visitor.page.locator("input[name=naskah]").all():
        box.check()
    visitor.page.fill("#id_secret", PIN)
    visitor.click("Tanda tangani yang dipilih")
    assert "naskah ditandatangani." in visitor.text


def test_sekcam_reports_both_sign_and_tim_archives(login):
    sekcam = login("sekcam")
    sekcam.go(f"{TW2}langkah/10/")
    sekcam.page.fill("#id_conclusion", "Capaian triwulan II secara umum memenuhi target.")
    sekcam.page.fill("#id_suggestions", "Dokumen pendukung dikumpulkan setiap bulan.")
    sekcam.click("Laporkan kepada Camat")
    assert "Sekarang langkah 11" in sekcam.text
    tim = login("tim1")
    tim.go(f"{TW2}langkah/11/")
    assert "belum ditandatangani oleh Camat" in tim.text
    for username in ("sekcam", "camat"):
        sign_what_waits(login(username))
    tim.go(f"{TW2}langkah/11/")
    tim.click("Arsipkan")
    tim.go(TW2)
    assert "sudah diarsipkan" in tim.text


def download(visitor: Visitor, locator) -> bytes:
    with visitor.page.expect_download() as waiting:
        locator.click()
    return Path(waiting.value.path()).read_bytes()


def test_camat_opens_the_final_report(login):
    camat = login("camat")
    camat.go(TW2)
    step = camat.page.locator("table.sop tr", has_text="melaporkan data pengukuran kinerja kepada Camat")
    pdf = download(camat, step.locator("a", has_text="Laporan hasil").first)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "KECAMATAN DAWARBLANDONG" in text.upper()
    assert "Dokumen pendukung dikumpulkan setiap bulan." in " ".join(text.split())


def test_camat_downloads_the_archive_with_its_manifest(login):
    camat = login("camat")
    camat.go("/arsip/")
    camat.follow(camat.page.get_by_role("link", name="ZIP Pengukuran TW II 2026"))
    # the page of long work loads itself anew until this is there
    content = download(camat, camat.page.get_by_role("link", name="Unduh", exact=True))
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    inside = [name.partition("/")[2] for name in names]
    assert "manifest-sha256.txt" in inside
    papers, signed = 15, 6  # a signed paper is in the package as it was issued, too
    assert (
        sum(name.endswith(".pdf") and name.startswith("data/naskah/") for name in inside) == papers + signed
    )


def test_camat_orders_the_next_quarter(login):
    camat = login("camat")
    camat.go("/")
    camat.take("Perintahkan pengukuran")
    camat.click("Perintahkan pengukuran")
    assert "Sekarang langkah 2, giliran Sekcam" in camat.text
    assert camat.clicks <= 3


def test_camat_sees_at_home_where_it_stands(login):
    camat = login("camat")
    camat.go("/")
    assert "Pengukuran TW III 2026" in camat.text
    assert "Sekcam" in camat.text
    assert camat.clicks == 0


@pytest.mark.parametrize("username", ["asn01", "tim1", "sekcam", "camat"])
def test_anybody_finds_an_archived_report(login, username):
    person = login(username)
    person.go("/")
    person.follow(person.page.locator("nav").get_by_role("link", name="Arsip").first)
    report = person.page.locator("main").get_by_role("link", name="Laporan Hasil Pengukuran").first
    person.clicks += 1
    assert download(person, report).startswith(b"%PDF")
    assert person.clicks <= 3


def test_sekcam_briefs_and_tim_plans(login):
    sekcam = login("sekcam")
    sekcam.go("/")
    sekcam.take("Sampaikan arahan ke Tim SAKIP")
    sekcam.page.fill("#id_starts_at", "05/10/2026 09.00")
    sekcam.page.fill("#id_briefing", "Kumpulkan dokumen pendukung sebelum mengisi kertas kerja.")
    sekcam.click("Sampaikan arahan ke Tim SAKIP")
    tim = login("tim3")
    tim.go(f"{TW3}langkah/3/")
    tim.page.fill("#id_discussion", "Rapat membahas jadwal dan pembagian tugas.")
    tim.page.fill("#id_decisions", "Jadwal disepakati seperti terlampir.")
    tim.page.locator("input[name=attendees]").first.check()
    tim.click("Tetapkan notulen dan rencana")
    assert "Sekarang langkah 4" in tim.text


def decide_again(chair: Visitor) -> None:
    """What was decided about an indicator that is not SMART is proposed for the next quarter, and decided once it is saved."""
    chair.go(f"{TW3}langkah/4/")
    gate = chair.page.locator("#belum-smart")
    assert gate.get_by_label("Alasan").first.input_value()
    chair.click("Simpan")
    assert "semua sudah diputuskan" in gate.inner_text()


def test_tim_fixes_the_methodology_and_the_sheets_open(login):
    tim = login("tim4")
    tim.go(f"{TW3}langkah/4/")
    assert "Keputusan Ketua Tim SAKIP (Tim SAKIP Contoh 01)" in tim.text
    decide_again(login("tim1"))
    tim.go(f"{TW3}langkah/4/")
    tim.click("Tetapkan metodologi, 1 indikator belum SMART")
    assert "Sekarang langkah 5" in tim.text
    asn = login("asn01")
    asn.go("/")
    assert "Isi kertas kerja" in asn.text


def test_a_camat_on_a_phone_sees_where_it_stands(login):
    camat = login("camat")
    camat.page.set_viewport_size({"width": 360, "height": 740})
    camat.go(TW3)
    assert camat.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert "Langkah 5 dari 11" in camat.text
