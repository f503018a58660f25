"""An office that began with data awal: its archive is sound, and what data awal said is inside the package."""

import io
import json

import pytest
from django.core.management import call_command

from measurement.archiving.records import LATER_RECORDS
from measurement.archiving.records_check import record_disagreements
from measurement.models import MeasurementCycle
from tests.support.archives import inside, packaged, unpack
from tests.support.characters import open_cycle
from tests.support.opening import DOCUMENT, approved, chair_of

pytestmark = pytest.mark.usefixtures("quick_papers")


def test_the_archive_of_an_office_that_began_with_data_awal_is_sound(kecamatan):
    open_cycle(kecamatan, 2)
    values = {f"realised-{kecamatan.indicators[0].pk}": "3"}
    approved(kecamatan, chair_of(kecamatan.unit), {"2026-1": values})
    MeasurementCycle.objects.update(number=3)  # so that TW II can be opened by the walk below
    package = packaged(kecamatan, quarter=2)
    out = io.StringIO()
    call_command("verify_archive", stdout=out)
    assert "Semuanya utuh." in out.getvalue()
    [told] = json.loads(inside(package, "data/data/data-awal.json"))
    assert told["document"] == DOCUMENT
    [figure] = json.loads(inside(package, "data/data/angka-data-awal.json"))
    assert figure["realised"] == "3.000000"
    rows = json.loads(inside(package, "data/data/baris.json"))
    assert DOCUMENT in str([row["opening"] for row in rows])


def test_a_package_made_before_there_were_data_awal_is_sound(kecamatan, tmp_path):
    package = packaged(kecamatan)
    folder = unpack(package, tmp_path)
    for name in LATER_RECORDS:
        (folder / "data" / name).unlink()
    assert list(record_disagreements(package, folder)) == []
