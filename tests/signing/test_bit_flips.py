"""Whatever single bit of a signed paper is changed, it is found; and an independent program agrees about what is intact."""

import random
import shutil
import subprocess

import pytest

from measurement.signing import verification
from measurement.signing.inspection import Trust, inspect, inspect_all, trust
from measurement.signing.verification import VerificationAnswer, verify
from tests.support.signed_files import authority, edited, flipped, issued, signed, signed_paper


def test_two_hundred_flipped_bits_are_two_hundred_times_found(kecamatan, monkeypatch):
    """Over the whole file, and again where a check of signatures alone sees nothing: padding, cross-references, what was attached."""
    paper = signed_paper(kecamatan)
    chance, pdf = random.Random(2026), signed()
    tail = pdf.rindex(b"startxref")
    padding = pdf.rindex(b"0" * 400)
    places = [chance.randrange(len(pdf)) for _ in range(140)] + [
        chance.randrange(tail, len(pdf)) for _ in range(30)
    ]
    places += [chance.randrange(padding, padding + 400) for _ in range(30)]
    changed = [flipped(pdf, place, chance.randrange(8)) for place in places]
    seen = dict(zip(changed, inspect_all(changed, trust()), strict=True))
    monkeypatch.setattr(verification, "inspect", lambda file, _: seen[file])
    assert [verify(file, paper).answer for file in changed] == [VerificationAnswer.CHANGED] * 200
    assert VerificationAnswer.GENUINE not in {verify(file).answer for file in changed}


POPPLER = shutil.which("pdfsig")


@pytest.mark.skipif(
    not POPPLER, reason="pdfsig (poppler-utils) is not installed: our answers are not compared with poppler's"
)
@pytest.mark.parametrize(
    ("pdf", "whole"),
    [
        (signed, True),
        (lambda: signed() + b"\n", False),
        (lambda: edited(signed()), False),
        (lambda: flipped(signed(), len(issued()) // 2, 0), False),
    ],
)
def test_poppler_agrees(pdf, whole, tmp_path):
    path = tmp_path / "naskah.pdf"
    path.write_bytes(pdf())
    said = subprocess.run([POPPLER, "-nocert", path], capture_output=True, text=True).stdout
    theirs = said.count("Signature is Valid.") == 2 and "Total document signed" in said
    assert inspect(pdf(), Trust((authority().root.pem,))).sound == theirs == whole
