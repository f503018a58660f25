"""No file brings the reader down: the worker that looks into strangers' files ends where its limits are, and the others get their answers."""

import zlib

import pytest

from measurement.papers.render import html_to_pdf
from measurement.signing.inspection import Inspection, Trust, inspect, inspect_all
from tests.support.signed_files import CODE, authority, camat, foreign, sekcam, signed, signed_once


def known() -> Trust:
    return Trust((authority().root.pem,))


def bomb() -> bytes:
    """A cross-reference stream of 500 MB in half a megabyte."""
    stream = zlib.compress(bytes(500 * 1024**2), 9)
    head = b"<</Type/XRef/Size 99999999/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>" % len(stream)
    return b"%PDF-1.7\n1 0 obj" + head + b"stream\n" + stream + b"\nendstream endobj\nstartxref\n9\n%%EOF"


HOSTILE = {
    "empty": lambda: b"",
    "one byte": lambda: b"%",
    "workbook": lambda: b"PK\x03\x04" + bytes(2000),
    "truncated": lambda: signed()[: len(signed()) // 2],
    "no root": lambda: b"%PDF-1.7\ntrailer<<>>\nstartxref\n0\n%%EOF",
    "endless xref": lambda: b"%PDF-1.7\nxref\n0 0\ntrailer<</Size 1/Prev 9>>\nstartxref\n9\n%%EOF",
    "deep": lambda: (
        b"%PDF-1.7\n1 0 obj" + b"[" * 100_000 + b"endobj\ntrailer<</Root 1 0 R/Size 2>>\nstartxref\n9\n%%EOF"
    ),
    "bomb": bomb,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_brings_the_reader_down(name):
    assert not inspect(HOSTILE[name](), known()).sound


def test_a_file_that_ends_the_worker_leaves_the_others_their_answers(settings):
    settings.INSPECTION_MEMORY_BYTES = 200 * 1024**2
    seen = list(inspect_all([signed(), bytes(200 * 1024**2), signed_once(), foreign()], known()))
    assert [one.sound for one in seen] == [True, False, True, False]
    assert seen[1] == Inspection()
    assert seen[3].readable


def test_a_long_report_is_read_within_the_limits(settings):
    """Some 7,500 objects in one object stream: read naively, that takes a minute."""
    settings.INSPECTION_SECONDS = 10
    rows = "".join(f"<tr>{'<td>1.234</td>' * 8}" for _ in range(300))
    report = html_to_pdf(f'<html lang="id"><title>Laporan</title><table>{rows}</table>')
    both = authority().sign(authority().sign(report, sekcam(), "ttd-1"), camat(), "ttd-2")
    assert inspect(both, known()).sound


def test_a_file_full_of_streams_is_searched_once(settings):
    """A million beginnings of streams in 7 MB, with the code after them."""
    settings.INSPECTION_SECONDS = 10
    pdf = b"%PDF-1.7\n" + b"stream\n" * 1_000_000 + zlib.compress(CODE.encode()) + b"\nendstream"
    assert inspect(pdf, known()).codes == (CODE,)


def test_many_files_keep_their_order():
    pdfs = [signed(), foreign(), signed_once()] * 9
    assert [one.sound for one in inspect_all(pdfs, known())] == [True, False, True] * 9


def test_a_worker_that_takes_too_long_is_ended(settings, monkeypatch, tmp_path):
    settings.INSPECTION_SECONDS = 1
    script = tmp_path / "worker.py"
    script.write_text("import time\nwhile True: print('{}', end='', flush=True); time.sleep(0.1)")
    monkeypatch.setattr("measurement.signing.inspection.WORKER", str(script))
    assert inspect(signed(), known()) == Inspection()
