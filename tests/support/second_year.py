"""What the tests of the demonstration's second year stand on: papers made quickly at its end, and its figures by code, name and sub unit."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import override_settings

from measurement.figures import e81
from measurement.figures.calculation import Sheet
from measurement.figures.sub_units import SharedCode
from measurement.management.demo.pdf import small_pdf
from measurement.management.demo.second_year_plan import MILLION
from measurement.papers import render
from measurement.rules.figure import Figure
from measurement.rules.numbers import show
from measurement.signing import inspect_worker, inspection
from measurement.signing.signature_box import SignatureBox
from tests.support.signing_office import one_stamp

SOMEWHERE = SignatureBox(1, 60, 700, 842)


def read_here(pdfs: list[bytes], head: dict) -> list[str]:
    """Files are looked into by this process."""
    judge = inspect_worker.Judge(**head)
    return [json.dumps(inspect_worker.inspect_pdf(pdf, judge)) for pdf in pdfs]


@contextmanager
def quick_and_late(place) -> Iterator[None]:
    """In February 2028; papers are one small page, on which a signature finds its place without looking."""
    with (
        pytest.MonkeyPatch.context() as patch,
        time_machine.travel(datetime(2028, 2, 14, 3, 0, tzinfo=UTC), tick=False),
        override_settings(MEDIA_ROOT=place),
    ):
        patch.setattr(render, "render_pdf", lambda kind, content: small_pdf([content["number"]]))
        patch.setattr(inspection, "_run", read_here)
        patch.setattr("measurement.signing.local.stamp_page", lambda *args: one_stamp())
        patch.setattr("measurement.signing.local.signature_box_of", lambda pdf, anchor: SOMEWHERE)
        yield


def branch(sheet: Sheet, code: str, sub_unit: str = ""):
    return next(
        found for _, found in sheet.nodes() if (found.node.code, found.node.sub_unit) == (code, sub_unit)
    )


def row(sheet: Sheet, start: str, sub_unit: str = ""):
    """An indicator of a sub kegiatan, or of a sasaran or program."""
    rows = [found for found in sheet.rows.values() if found.row.name.startswith(start)]
    return next(found for found in rows if found.row.node.sub_unit == sub_unit and not found.row.is_follower)


def shown(figure: Figure) -> str:
    return show(figure.value)


def line(sheet: Sheet, code: str, sub_unit: str = "", start: str = "") -> e81.FormLine:
    return next(
        found
        for found in e81.form_lines(sheet)
        if found.branch.node.code == code
        and not isinstance(found.branch, SharedCode)
        and found.branch.node.sub_unit == sub_unit
        and (found.row is None or found.row.row.name.startswith(start))
    )


def k_of(found: e81.FormLine) -> list[str]:
    """Columns 7 to 15 in the indicator's unit."""
    return [show(found.k.get(column)) for column in range(7, 16)]


def rp_of(found: e81.FormLine) -> list[str]:
    """Columns 7 to 14 in millions, and 15 in percent."""
    amounts = [found.rp.get(column) for column in range(7, 15)]
    return [show(amount and amount / MILLION) for amount in amounts] + [show(found.rp[15])]
