"""A workbook is read once: what was read lies beside the file that waits, for this person, these bytes and this reader only."""

import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.doors import long_work
from measurement.models import Pagu
from measurement.spreadsheets import kept_readings, reading
from measurement.spreadsheets.kept_readings import recall_reading, remember_reading, store_reading
from tests.support.pages import form_of, logged_in
from tests.support.queue import do_waiting
from tests.support.spending_files import book
from tests.support.workbooks import apply, download

PLAN = [
    ["Kode", "Nomenklatur", "Indikator", "Satuan", "Target 2026", "Pagu 2026"],
    ["7.01.02", "PROGRAM PENYELENGGARAAN", "Persentase layanan", "%", 100, ""],
    ["7.01.02.2.01", "Koordinasi", "Jumlah koordinasi", "Laporan", 4, ""],
    ["7.01.02.2.01.0001", "Sinergi", "Jumlah sinergi", "Laporan", 4, 1_000_000],
]


@pytest.fixture
def parsings(monkeypatch) -> list[int]:
    """The size of every file that was parsed."""
    parsed, found = reading.opened_book, []
    monkeypatch.setattr(
        reading,
        "opened_book",
        lambda content, *limits: found.append(len(content)) or parsed(content, *limits),
    )
    return found


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    """Where what waits is kept."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "impor"


@pytest.fixture
def long_files(queue, monkeypatch) -> None:
    """Every file is read by a worker."""
    monkeypatch.setattr(long_work, "BIG_FILE", 0)


def sent(client, plan):
    file = SimpleUploadedFile("rencana.xlsx", book(PLAN))
    return client.post(
        reverse("plan_import"), {"plan": plan.pk, "file": file, "action": "preview", "year": ""}
    )


def write(client, page):
    return client.post(reverse("plan_import"), {"action": "apply", "seen": form_of(page)["seen"]})


def is_written() -> bool:
    return Pagu.objects.filter(node__code=PLAN[3][0], amount=1_000_000).exists()


def kept_readings_in(folder: Path) -> list[Path]:
    return list(folder.glob("*.bacaan"))


def test_a_plan_is_read_once_for_looking_and_applying(parsings, folder, empty, kecamatan):
    tim = logged_in(kecamatan.tim)
    page = sent(tim, empty)
    assert len(parsings) == 1
    write(tim, page)
    assert is_written()
    assert len(parsings) == 1


def test_a_plan_is_read_once_by_two_workers(parsings, folder, long_files, empty, kecamatan):
    tim = logged_in(kecamatan.tim)
    order = sent(tim, empty)
    do_waiting()
    write(tim, tim.get(order.url, follow=True))
    assert kept_readings_in(folder)
    do_waiting()
    assert is_written()
    assert (len(parsings), list(folder.iterdir())) == (1, [])


def test_a_filled_in_worksheet_is_read_once(parsings, folder, filled, asn, round_trip):
    workbook = download(filled)
    workbook.cell("Realisasi", 2).value = 7
    assert apply(asn, round_trip, workbook.saved()).status_code == 302
    assert len(parsings) == 1


def test_nothing_that_waited_is_left_once_it_is_applied(folder, empty, kecamatan):
    tim = logged_in(kecamatan.tim)
    page = sent(tim, empty)
    sent(tim, empty)
    assert sorted(path.suffix for path in folder.iterdir()) == [".bacaan", ".xlsx"]
    write(tim, page)
    assert list(folder.iterdir()) == []


SPOILED = {
    "gone": lambda path: path.unlink(),
    "changed": lambda path: path.write_bytes(zlib.compress(zlib.decompress(path.read_bytes())[:-1] + b"x")),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:40]),
}


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_reading_that_is_not_the_one_kept_is_not_believed(spoil, parsings, folder, empty, kecamatan):
    tim = logged_in(kecamatan.tim)
    page = sent(tim, empty)
    (path,) = kept_readings_in(folder)
    SPOILED[spoil](path)
    write(tim, page)
    assert is_written()
    assert len(parsings) == 2


def kept(person, rows: list) -> Path:
    """Where what was read of these rows is kept."""
    upload = SimpleUploadedFile("a.xlsx", book(rows))
    reading.read_table(upload)
    return Path(store_reading(person, upload))


def known_of(person, rows: list):
    upload = SimpleUploadedFile("a.xlsx", book(rows))
    recall_reading(person, upload)
    return kept_readings.reading_of(upload)


def test_a_reading_belongs_to_one_file_and_one_person(folder, kecamatan, monkeypatch):
    mine, other = kept(kecamatan.tim, PLAN), kept(kecamatan.tim, PLAN[:2])
    assert known_of(kecamatan.tim, PLAN)
    assert known_of(kecamatan.asn, PLAN) is None
    assert known_of(kecamatan.tim, PLAN[:3]) is None
    (folder / mine.name).write_bytes((folder / other.name).read_bytes())
    assert known_of(kecamatan.tim, PLAN) is None


def test_a_reading_of_an_earlier_version_is_not_taken(folder, kecamatan, monkeypatch):
    kept(kecamatan.tim, PLAN)
    monkeypatch.setattr(kept_readings, "READER", kept_readings.READER + 1)
    assert known_of(kecamatan.tim, PLAN) is None


def test_more_than_was_kept_is_read_from_the_file_again(parsings):
    upload = SimpleUploadedFile("a.xlsx", book([["kode"], *([str(number)] for number in range(5000))]))
    head = reading.read_rows(upload, {".xlsx": lambda read, name: len(read.sheets[0].rows(15))})
    remember_reading(upload, kept_readings.reading_of(upload).so_far())
    assert (head, len(reading.read_table(upload)), len(parsings)) == (15, 5000, 2)
