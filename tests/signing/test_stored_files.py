"""Stored files that somebody swapped have faults, however well the swapped ones look."""

import pytest

from measurement import files
from measurement.models import SigningMethod
from measurement.signing.inspection import inspect, trust
from measurement.signing.verification import (
    VerificationAnswer,
    file_versions,
    paper_of,
    stored_faults,
    verify,
)
from tests.signing.test_verification import OTHER_CODE, said
from tests.support.signed_files import (
    Authority,
    authority,
    camat,
    edited,
    flipped,
    foreign,
    issued,
    issued_paper,
    sekcam,
    sign_paper,
    signed_once,
    signed_paper,
    with_authority,
)

pytestmark = pytest.mark.usefixtures("read_here")


def test_a_file_swapped_in_storage_and_database_is_not_genuine(kecamatan):
    with_authority(kecamatan.unit)
    paper = issued_paper(kecamatan)
    sign_paper(paper, flipped(signed_once(), len(issued()) // 2, 0), 1, sekcam().fingerprint)
    verdict = verify(flipped(signed_once(), len(issued()) // 2, 0), paper)
    assert verdict.answer == VerificationAnswer.CHANGED
    assert "simpanan itu sendiri bermasalah" in said(verdict)


SWAPPED = {
    "unsigned": (lambda: issued(OTHER_CODE), "Berkas memuat 0 tanda tangan"),
    "by another official": (
        lambda: authority().sign(issued(), camat()),
        "yang tercatat tidak ada di dalam berkas",
    ),
    "edited after signing": (lambda: edited(signed_once()), "tidak mencakup seluruh berkas"),
    "by a stranger": (
        lambda: Authority().sign(issued(), Authority().official("Sekcam Uji")),
        "tidak diterbitkan oleh otoritas",
    ),
}


def faults_of(version) -> list[str]:
    seen = inspect(files.absolute(version.path).read_bytes(), trust(paper_of(version).unit))
    return stored_faults(version, seen)


@pytest.mark.parametrize("name", SWAPPED)
def test_a_swapped_stored_file_has_faults(kecamatan, name):
    pdf, words = SWAPPED[name]
    with_authority(kecamatan.unit)
    version = sign_paper(issued_paper(kecamatan), pdf(), 1, sekcam().fingerprint)
    assert words in " ".join(faults_of(version))


def test_sound_stored_files_have_none(kecamatan, neighbour):
    paper = signed_paper(kecamatan)
    foreign_office = issued_paper(neighbour, OTHER_CODE, SigningMethod.MANUAL, pdf=issued(OTHER_CODE))
    sign_paper(foreign_office, foreign(), 1)
    signatures = [version for found in (paper, foreign_office) for version in file_versions(found)[1:]]
    assert [faults_of(version) for version in signatures] == [[], [], []]
