"""Filling in and sending a worksheet in the browser, as somebody does who has no scripts."""

from tests.support.browser import Visitor

MOST_CHECKS = 2  # so many times the answers are shown again before they go
TEXTS = {
    "driver": "Koordinasi dengan desa berjalan baik.",
    "obstacle": "Sebagian dokumen pendukung terlambat diterima.",
    "follow_up": "Menyusun jadwal penagihan dokumen setiap bulan.",
    "evidence_note": "Tersimpan di lemari arsip seksi.",
}


def fill_sheet(visitor: Visitor) -> None:
    """Write something into every open input of my sheet and send."""
    page = visitor.page
    visitor.unfold()
    for prefix, value in (("realised", "3"), ("numerator", "9"), ("denominator", "10"), ("spent", "0")):
        for box in page.locator(f"input[type=text][name^='{prefix}-']").all():
            if not box.input_value():
                box.fill(value)
    for prefix, text in TEXTS.items():
        for box in page.locator(f"textarea[name^='{prefix}-']").all():
            if not box.input_value():
                box.fill(text)
    send(visitor)


def send(visitor) -> None:
    """Where something stands out, the first click shows it above the worksheet and the second one sends; hints of what was just typed ask once more."""
    visitor.click("Kirim")
    for _ in range(MOST_CHECKS):
        if visitor.page.locator("#periksa").count():
            visitor.follow(visitor.page.locator("#periksa").get_by_role("button", name="Kirim", exact=True))
