"""A link is archived as it was attached: in the package, in the workbook, on the paper; nobody changes it any more, and every check agrees."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from measurement.models import ArchivePackage, Evidence
from measurement.rules.dates import long_date
from tests.support.archives import names, packaged, unpack
from tests.support.characters import cycle_at

pytestmark = pytest.mark.usefixtures("quick_papers")
LINK = "https://drive.google.com/file/d/1a2b/view?x==1"


@pytest.fixture
def package(kecamatan) -> ArchivePackage:
    """The package of a cycle with a file and a link among its evidence."""
    return packaged(kecamatan, link=LINK)


def test_the_package_holds_the_link_with_its_day_and_all_checks_agree(package, tmp_path):
    folder = unpack(package, tmp_path)
    [_, kept] = json.loads((folder / "data/data/bukti.json").read_bytes())
    assert (kept["url"], kept["file_id"]) == (LINK, None)
    assert kept["uploaded_at"]
    assert len([name for name in names(package) if name.startswith("data/bukti/")]) == 1
    said = io.StringIO()
    call_command("verify_archive", stdout=said)
    assert "Semuanya utuh" in said.getvalue()


def test_papers_and_workbooks_list_the_link_with_the_day_on_which_it_was_attached(package):
    described = Evidence.objects.last().described
    assert (
        described == f"drive.google.com/…/view, tautan {LINK} dilampirkan {long_date(timezone.localdate())}"
    )
    report = package.cycle.papers.get(kind="laporan_hasil")
    assert report.content["evidence"][0]["files"][1] == {"name": described, "sha256": "tautan"}


def test_nobody_changes_an_archived_link(package):
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.update(url="https://drive.google.com/lain")


def test_a_correction_carries_the_link_over(package, kecamatan):
    correction = cycle_at(kecamatan, "measure")
    assert Evidence.objects.filter(row__cycle=correction, url=LINK).count() == 1
