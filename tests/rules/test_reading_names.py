"""Names that SIPD writes in capitals, as sentences and headings read them."""

import pytest

from measurement.rules.reading_names import reading_name


@pytest.mark.parametrize(
    ("official", "read"),
    [
        (
            "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA",
            "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota",
        ),
        (
            "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN",
            "Program Pemberdayaan Masyarakat Desa dan Kelurahan",
        ),
        ("PEMBINAAN PKK DAN BUMDES DI RT/RW", "Pembinaan PKK dan BUMDes di RT/RW"),
        ("DAN LAIN-LAIN", "Dan Lain-Lain"),
    ],
)
def test_capitals_become_title_case_with_small_words_and_acronyms(official, read):
    assert reading_name(official) == read


@pytest.mark.parametrize("name", ["Koordinasi Kegiatan PKK di Desa", "S1", "ASN", ""])
def test_what_is_not_in_capitals_stays_as_it_is(name):
    assert reading_name(name) == name
