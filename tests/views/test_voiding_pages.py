"""The page that withdraws a paper says beforehand whether, and why not, the paper can be issued again."""

import pytest
from django.urls import reverse

from tests.support.characters import cycle_at
from tests.support.pages import logged_in, words


@pytest.mark.parametrize(
    ("step", "who", "sentence"),
    [
        ("measure", "camat", "karena kertas kerja sedang diisi, sehingga angkanya dapat berubah."),
        ("report", "camat", "hanya dapat diterbitkan ulang oleh Tim SAKIP."),
        ("report", "tim", "Naskah dapat diterbitkan ulang dengan nomor baru"),
    ],
)
def test_the_last_paper(kecamatan, step, who, sentence):
    paper = cycle_at(kecamatan, step).papers.last()
    assert sentence in words(logged_in(getattr(kecamatan, who)).get(reverse("void_paper", args=[paper.pk])))


def test_a_paper_of_an_earlier_step(kecamatan):
    paper = cycle_at(kecamatan, "report").papers.first()
    page = words(logged_in(kecamatan.camat).get(reverse("void_paper", args=[paper.pk])))
    assert "karena siklusnya sudah melangkah lebih jauh." in page
