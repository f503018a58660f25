"""The words of a search: how a query is read, and how what was found is cut and marked."""

import pytest

from measurement.archiving.search import excerpt
from measurement.models import Paper
from measurement.rules.search_terms import LONGEST_QUERY, mark_terms, terms_of

# Queries


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("Laporan hasil", ["laporan", "hasil"]),
        ('"Rapat  Koordinasi" desa', ["rapat koordinasi", "desa"]),
        ("“rapat koordinasi”", ["rapat koordinasi"]),
        ('desa desa "desa"', ["desa"]),
        ('"', []),
        ("", []),
        ("000.8.6.3/1/LHP", ["000.8.6.3/1/lhp"]),
        ("a b c d e f g h i j", list("abcdefgh")),
    ],
)
def test_a_query_is_words_and_phrases(query, terms):
    assert terms_of(query) == terms


def test_a_very_long_query_is_cut():
    assert len("".join(terms_of("x" * 100_000))) == LONGEST_QUERY


def test_an_excerpt_is_cut_at_words_around_the_first_find():
    text = " ".join(f"kata{n:03}" for n in range(200))
    pieces = excerpt(Paper(number="1", title="Judul", words=text), ["kata100"])
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("… kata0")
    assert shown.endswith(" …")
    assert [piece.text for piece in pieces if piece.found] == ["kata100"]
    assert len(shown) < 220


def test_an_excerpt_shows_what_the_title_does_not_say():
    paper = Paper(number="1", title="Laporan Hasil", words="laporan ini\nlaporan tentang desa\nmusim hujan")
    assert "".join(piece.text for piece in excerpt(paper, ["laporan", "hujan"])) == "musim hujan"


def test_no_excerpt_where_the_text_says_nothing_of_it():
    assert excerpt(Paper(number="1/LHP", title="Laporan", words="isi"), ["lhp"]) == []


def test_marking_keeps_every_letter():
    text = "Indeks Kepuasan (IKM) 100% [a-z]+"
    assert "".join(piece.text for piece in mark_terms(text, ["(ikm)", "[a-z]+", "kepuasan"])) == text
    assert [piece.text for piece in mark_terms(text, ["ikm", "kepuasan"]) if piece.found] == [
        "Kepuasan",
        "IKM",
    ]
