"""The first afternoon of an office, in a browser: from the one-time code to the signed Nota Dinas, with nothing but pages and two files of the office's own."""

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.browser import ROOT, Server, Visitor, environment
from tests.support.template_database import template

pytestmark = pytest.mark.browser
OWN_PASSWORD, PIN = "sawah-hijau-2026", "482916"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ACTIONS = 30
OFFICE = {
    "name": "ASN Contoh 01",
    "username": "pengelola",
    "password": OWN_PASSWORD,
    "again": OWN_PASSWORD,
    "kantor-name": "Kelurahan Contoh",
    "kantor-short_name": "Contoh",
    "kantor-code": "400-100",
    "kantor-government": "Pemerintah Kabupaten Contoh",
    "kantor-address": "Jalan Contoh 1",
    "kantor-town": "Contoh",
}
PEOPLE = [
    ("Nama", "NIP", "Gol", "Jabatan", "Peran"),
    ("ASN Contoh 02", "198001012005011002", "III/d", "Lurah", "Lurah"),
    ("ASN Contoh 03", "198102022005012003", "III/c", "Sekretaris Kelurahan", "Seklur"),
    ("ASN Contoh 04", "198203032005011004", "III/b", "Kasi Pemerintahan", "Ketua Tim SAKIP"),
    ("ASN Contoh 05", "199001012023211005", "IX", "Penata Layanan Operasional", ""),
]
PLAN = [
    ("sasaran", "S1", "Meningkatnya pelayanan kelurahan", "Indeks pelayanan", "Indeks", 80, None),
    ("program", "7.01.02", "Program Pelayanan Publik", "Persentase layanan selesai", "%", 100, None),
    ("kegiatan", "7.01.02.2.01", "Koordinasi Pelayanan", "Persentase koordinasi", "%", 100, None),
    ("sub_kegiatan", "7.01.02.2.01.0001", "Penyusunan Laporan", "Jumlah laporan", "Laporan", 12, 24_000_000),
]


class Office(Visitor):
    """Somebody at work, who counts each page sent and each file given."""

    actions = 0

    def send(self, button: str, **values) -> None:
        for field, value in values.items():
            self.page.fill(f"main [name='{field}']", value)
        self.actions += 1
        self.follow(self.page.locator("main").get_by_role("button", name=button, exact=True))

    def hand_in(self, button: str, file: bytes) -> None:
        self.page.set_input_files(
            "main input[type=file]", {"name": "berkas.xlsx", "mimeType": XLSX, "buffer": file}
        )
        self.send(button)

    def task(self, title: str) -> None:
        """A row of Kesiapan kantor."""
        self.go("/pengaturan/")
        self.follow(self.page.locator("main").get_by_role("link", name=title, exact=True))

    def first_login(self, username: str, temporary: str) -> None:
        self.go("/masuk/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", temporary)
        self.follow(self.page.locator("main button[type=submit]"))
        names = ("old_password", "new_password1", "new_password2")
        self.send("Simpan kata sandi baru", **dict(zip(names, (temporary, *2 * [OWN_PASSWORD]), strict=True)))


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A served installation of which nothing is there but its one-time code."""
    loaded, folder = tmp_path_factory.mktemp("loaded"), tmp_path_factory.mktemp("office")
    shutil.copyfile(template(), loaded / "sakip.sqlite3")
    manage(loaded, "collectstatic", "--noinput", "--verbosity", "0")
    with Server(folder, loaded) as server:
        yield server


def manage(folder: Path, *command: str) -> str:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env=environment(folder), check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip


def one_time_code(server: Server) -> str:
    return manage(server.folder, "setup_code").split("kode pemasangan:")[1].split()[0]


def saved(book: Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def people_file() -> bytes:
    book = Workbook()
    for row in PEOPLE:
        book.active.append(row)
    return saved(book)


def plan_file(visitor: Office) -> bytes:
    """Their plan in the template that the page offers."""
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Templat kosong").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book["Rencana"]
    column = {cell.value: cell.column for cell in sheet[1]}
    years = [name.removeprefix("target_") for name in column if name.startswith("target_")]
    for number, (level, code, name, indicator, measure, target, pagu) in enumerate(PLAN, 2):
        cells = {"tingkat": level, "kode": code, "nomenklatur": name, "indikator": indicator}
        cells |= {f"target_{year}": target for year in years} | {f"pagu_{year}": pagu for year in years}
        for heading, value in (cells | {"satuan": measure, "penanggung_jawab": "asn.contoh.05"}).items():
            sheet.cell(number, column[heading], value)
    return saved(book)


def describe_office(keeper: Office) -> None:
    keeper.task("Identitas kantor")
    keeper.send("Simpan identitas", division="Seksi Pemerintahan")
    keeper.task("SOP dan dasar hukum")
    keeper.click("belum diisi")
    keeper.send("Simpan edisi", number="067/1/2026", made_on="2026-01-05", signatory="Lurah Contoh")
    keeper.task("Jam kerja")
    keeper.send("5 hari kerja, 37,5 jam")
    keeper.send("Simpan jam kerja")
    keeper.task("Hari libur")
    keeper.send("Terapkan yang dicentang")


def bring_people(keeper: Office) -> dict[str, str]:
    """User names and their first passwords, from the sheet."""
    keeper.task("Pegawai")
    keeper.hand_in("Periksa berkas", people_file())
    keeper.send("Terapkan")
    for box in keeper.page.locator("tbody input[type=checkbox]").all():
        box.check()
    keeper.send("Buat lembar kata sandi")
    return dict(re.findall(r"(\S+) atau NIP/NI PPPK Anda\s+Kata sandi sementara\s+(\S+)", keeper.text))


def bring_plan(keeper: Office) -> None:
    keeper.task("Rencana")
    keeper.send("Buat rencana", name="Rencana Strategis")
    keeper.hand_in("Periksa berkas", plan_file(keeper))
    keeper.send("Terapkan")
    keeper.click("Penetapan dan revisi")
    keeper.send("Tetapkan", document="Perjanjian Kinerja Nomor 1", dated="2026-01-20")
    keeper.task("Tanda tangan elektronik")
    keeper.page.check("[name=agreed]")
    keeper.send("Buat otoritas")


def order_and_sign(head: Office) -> None:
    head.take("Perintahkan pengukuran")
    head.send("Perintahkan pengukuran")
    head.click("Buat dahulu kunci tanda tangan")
    head.click("Buat kunci")
    head.send("Buat kunci", password=OWN_PASSWORD, new=PIN, again=PIN)
    head.go("/tanda-tangan/")
    head.page.check("[name=naskah]")
    head.send("Tanda tangani yang dipilih", secret=PIN)


def test_an_empty_installation_comes_to_its_first_signed_order_within_30_actions(empty, browser):
    keeper, head, secretary = (Office(browser, empty.address) for _ in range(3))
    keeper.go("/")
    keeper.page.select_option("[name=kantor-kind]", "kelurahan")
    keeper.send("Siapkan kantor", setup_code=one_time_code(empty), **OFFICE)
    assert "Masih diperlukan: Jam kerja, Penugasan, Rencana." in keeper.text
    describe_office(keeper)
    passwords = bring_people(keeper)
    bring_plan(keeper)
    keeper.go("/pengaturan/")
    assert "Pengukuran sudah dapat diperintahkan." in keeper.text
    head.first_login("asn.contoh.02", passwords["asn.contoh.02"])
    order_and_sign(head)
    assert "1 naskah ditandatangani." in head.text
    secretary.first_login("asn.contoh.03", passwords["asn.contoh.03"])
    assert "Sampaikan arahan ke Tim SAKIP" in secretary.text
    assert keeper.actions + head.actions <= MOST_ACTIONS
    for visitor in (keeper, head, secretary):
        visitor.leave()
