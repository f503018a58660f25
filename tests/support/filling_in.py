"""Filling in and sending a worksheet in the browser, as somebody does who has no scripts."""

from tests.support.browser import Visitor

MOST_CHECKS = 2  # so many times the answers are shown again before they go
VALUES = {"realised": "3", "numerator": "9", "denominator": "10", "spent": "0"}
TEXTS = {
    "driver": "Koordinasi dengan desa berjalan baik.",
    "obstacle": "Sebagian dokumen pendukung terlambat diterima.",
    "follow_up": "Menyusun jadwal penagihan dokumen setiap bulan.",
    "evidence_note": "Tersimpan di lemari arsip seksi.",
}
# At once, because sheets have hundreds of cells; test_keyboard types into each. Says how many were written into.
WRITE = """(texts) => {
  const cells = Object.entries(texts).flatMap(([name, text]) => {
    const all = [...document.querySelectorAll(`input[type=text][name^="${name}-"], textarea[name^="${name}-"]`)];
    return all.filter((cell) => !cell.value && !cell.disabled && !cell.readOnly && cell.checkVisibility()).map((cell) => [cell, text]);
  });
  for (const [cell, text] of cells) cell.value = text;
  return cells.length;
}"""


def fill_sheet(visitor: Visitor) -> None:
    """Write something into every open input of my sheet and send."""
    visitor.unfold()
    assert visitor.page.evaluate(WRITE, VALUES | TEXTS)
    send(visitor)


def send(visitor) -> None:
    """Where something stands out, the first click shows it above the worksheet and the second one sends; hints of what was just typed ask once more."""
    visitor.click("Kirim")
    for _ in range(MOST_CHECKS):
        if visitor.page.locator("#periksa").count():
            visitor.follow(visitor.page.locator("#periksa").get_by_role("button", name="Kirim", exact=True))
