"""A workbook is read once: what was read lies beside the file that waits, for this person, these bytes and this reader only."""

import json
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.models import Pagu
from measurement.spreadsheets import read_book, reading
from tests.support.pages import form_of, logged_in
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
    parsed, found = reading.parsed, []
    monkeypatch.setattr(
        reading, "parsed", lambda content, *limits: found.append(len(content)) or parsed(content, *limits)
    )
    return found


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    """Where what waits is kept."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "impor"


def looked_at(client, plan):
    """The page with the differences that the file makes."""
    file = SimpleUploadedFile("rencana.xlsx", book(PLAN))
    return client.post(
        reverse("plan_import"), {"plan": plan.pk, "file": file, "action": "preview", "year": ""}
    )


def applied(client, page) -> bool:
    answer = client.post(reverse("plan_import"), {"action": "apply", "seen": form_of(page)["seen"]})
    return answer.status_code == 302 and Pagu.objects.filter(node__code=PLAN[3][0], amount=1_000_000).exists()


def kept_reading(folder: Path) -> Path:
    (path,) = folder.glob("*.bacaan")
    return path


def test_a_plan_is_read_once_for_looking_and_applying(parsings, folder, empty, kecamatan):
    tim = logged_in(kecamatan.tim)
    page = looked_at(tim, empty)
    assert len(parsings) == 1
    assert applied(tim, page)
    assert len(parsings) == 1


def test_a_filled_in_worksheet_is_read_once(parsings, folder, filled, asn, round_trip):
    workbook = download(filled)
    workbook.cell("Realisasi", 2).value = 7
    assert apply(asn, round_trip, workbook.saved()).status_code == 302
    assert len(parsings) == 1


def test_nothing_that_waited_is_left_once_it_is_applied(folder, empty, kecamatan):
    tim = logged_in(kecamatan.tim)
    page = looked_at(tim, empty)
    looked_at(tim, empty)
    assert sorted(path.suffix for path in folder.iterdir()) == [".bacaan", ".xlsx"]
    assert applied(tim, page)
    assert list(folder.iterdir()) == []


def rebound(told: dict, **facts) -> bytes:
    return zlib.compress(json.dumps(told | facts).encode())


SPOILED = {
    "gone": lambda path, told: path.unlink(),
    "another file's": lambda path, told: path.write_bytes(rebound(told, sha256="0" * 64)),
    "somebody else's": lambda path, told: path.write_bytes(rebound(told, person=told["person"] + 1)),
    "another reader's": lambda path, told: path.write_bytes(rebound(told, reader=told["reader"] + 1)),
    "changed": lambda path, told: path.write_bytes(rebound(told, sheets=[])),
    "cut off": lambda path, told: path.write_bytes(path.read_bytes()[:40]),
}


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_reading_that_is_not_the_one_kept_is_not_believed(spoil, parsings, folder, empty, kecamatan):
    tim = logged_in(kecamatan.tim)
    page = looked_at(tim, empty)
    path = kept_reading(folder)
    SPOILED[spoil](path, json.loads(zlib.decompress(path.read_bytes())))
    assert applied(tim, page)
    assert len(parsings) == 2


@pytest.mark.parametrize("facts", [{"sha256": "0" * 64, "person": 1}, {"sha256": "1" * 64, "person": 2}, {}])
def test_a_reading_belongs_to_one_file_and_one_person(facts):
    packed = reading.open_book(book(PLAN), "a.xlsx").packed({"sha256": "1" * 64, "person": 1})
    assert read_book.unpacked(packed, {"sha256": "1" * 64, "person": 1})
    assert read_book.unpacked(packed, facts) is None


def test_a_reading_of_an_earlier_version_is_not_taken(monkeypatch):
    packed = reading.open_book(book(PLAN), "a.xlsx").packed({})
    monkeypatch.setattr(read_book, "READER", read_book.READER + 1)
    assert read_book.unpacked(packed, {}) is None


def test_more_than_was_kept_is_read_from_the_file_again(parsings):
    upload = SimpleUploadedFile("a.xlsx", book([["kode"], *([str(number)] for number in range(5000))]))
    head = reading.read_rows(upload, {".xlsx": lambda read, name: len(read.sheets[0].rows(15))})
    known = reading.reading_of(upload)
    reading.remember_reading(upload, read_book.unpacked(known.packed({}), {}))
    assert (head, len(reading.read_table(upload)), len(parsings)) == (15, 5000, 2)
