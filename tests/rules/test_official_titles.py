"""How a post stands above a signature and in the head of a letter: with its office, once."""

import pytest

from measurement.rules.official_titles import full_title, office_name
from measurement.rules.sop_edition import KIND_BY_KEY, Sop

REGION = "Pemerintah Kabupaten Contoh"


def titled(title: str, kind: str, name: str, short_name: str = "Pendek") -> str:
    return full_title(title, office_name(name, short_name, REGION), Sop.of_kind(KIND_BY_KEY[kind]))


@pytest.mark.parametrize(
    ("title", "kind", "office", "expected"),
    [
        ("Camat", "kecamatan", "Kecamatan Dawarblandong", "Camat Dawarblandong"),
        ("Plh. Camat", "kecamatan", "Kecamatan Dawarblandong", "Plh. Camat Dawarblandong"),
        ("Sekcam", "kecamatan", "Kecamatan Dawarblandong", "Sekretaris Kecamatan Dawarblandong"),
        (
            "Sekretaris Kecamatan",
            "kecamatan",
            "KECAMATAN DAWARBLANDONG",
            "Sekretaris Kecamatan Dawarblandong",
        ),
        ("Plt. Lurah", "kelurahan", "Kelurahan Sukamaju", "Plt. Lurah Sukamaju"),
        ("Kepala Dinas", "dinas", "Dinas Kesehatan", "Kepala Dinas Kesehatan Kabupaten Contoh"),
        ("Sekretaris", "dinas", "Dinas Kesehatan", "Sekretaris Dinas Kesehatan Kabupaten Contoh"),
        ("Inspektur", "inspektorat", "Inspektorat", "Inspektur Kabupaten Contoh"),
        ("Camat", "kecamatan", "Kantor Camat", "Camat Pendek"),
        (
            "Ketua Tim SAKIP",
            "kecamatan",
            "Kecamatan Dawarblandong",
            "Ketua Tim SAKIP Kecamatan Dawarblandong",
        ),
    ],
)
def test_a_bare_post_is_completed_by_its_office(title, kind, office, expected):
    assert titled(title, kind, office) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Camat Dawarblandong",
        "Plh. Camat Dawarblandong",
        "Ketua Tim SAKIP Kecamatan Dawarblandong",
        "Kepala Seksi Pemerintahan",
        "",
    ],
)
def test_a_post_that_names_its_office_or_is_another_stays_as_it_is(title):
    assert titled(title, "kecamatan", "Kecamatan Dawarblandong", "Dawarblandong") == title
