"""A photograph taken with a phone is made lighter before it goes over a weak line; other files go as they are."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.support.sheets import PDF

pytestmark = pytest.mark.browser


def photograph() -> bytes:
    """A picture as heavy as a phone's: 12 megapixels that do not compress well."""
    held = io.BytesIO()
    Image.effect_noise((4000, 3000), 60).convert("RGB").save(held, "JPEG", quality=80)
    return held.getvalue()


@pytest.fixture
def evidence(login):
    """The place for evidence of one row on asn03's worksheet, unfolded."""
    visitor = login("asn03")
    visitor.go("/siklus/2/kertas-kerja/")
    row = visitor.page.locator("tbody:has([data-evidence])").first
    row.locator("details").first.evaluate("fold => fold.open = true")
    return row.locator("[data-evidence]")


def attach(evidence, name: str, kind: str, content: bytes) -> bytes:
    """Choose a file, send it, and fetch what the server kept."""
    evidence.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    evidence.get_by_role("button", name="Unggah").click()
    expect(evidence.get_by_role("status")).to_have_text(f"{name} tersimpan sebagai bukti.", timeout=30_000)
    link = evidence.get_by_role("link", name=re.compile(re.escape(name)))
    return evidence.page.request.get(
        evidence.page.url.split("/siklus")[0] + link.get_attribute("href")
    ).body()


def test_a_heavy_photograph_becomes_lighter_and_stays_legible(evidence):
    taken = photograph()
    kept = attach(evidence, "pelatihan.jpg", "image/jpeg", taken)
    assert len(kept) < len(taken) / 2
    assert Image.open(io.BytesIO(kept)).size == (2400, 1800)


def test_a_document_goes_as_it_is(evidence):
    assert attach(evidence, "notulen.pdf", "application/pdf", PDF) == PDF
