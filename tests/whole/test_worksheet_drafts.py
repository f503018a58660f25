"""What the worksheet keeps in the browser: what left with a button is no draft any more, and a link that waits to be attached is one."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SHEET = "/siklus/2/kertas-kerja/"


@pytest.fixture
def sheet(login):
    """The worksheet of somebody with open rows, whose autosave never reaches the server: buttons alone save."""
    visitor = login("asn03")
    page = visitor.page
    page.route("**/simpan/", lambda route: route.abort())
    visitor.go(SHEET)
    page.wait_for_selector("form[data-ready]")
    visitor.unfold()
    yield visitor
    page.unroute("**/simpan/")
    visitor.problems = [text for text in visitor.problems if "ERR_FAILED" not in text]


def fill_first_row(page) -> str:
    """Everything that its owner may be asked for; returns the row's key."""
    key = page.locator("[data-evidence] [name^=link-]").first.get_attribute("name").partition("-")[2]
    for box in page.locator(f"textarea[name$='-{key}']:enabled").all():
        box.fill("Sudah dijelaskan oleh penanggung jawabnya.")
    for kind in ("realised", "numerator", "denominator"):
        for box in page.locator(f"input[name='{kind}-{key}']").all():
            box.fill("1")
    return key


def test_a_text_that_left_with_its_row_is_not_told_unsaved(sheet):
    page = sheet.page
    key = fill_first_row(page)
    for _ in range(2):  # the first press shows the answers once more
        if page.locator(f"[name='analysis-{key}']").count():
            sheet.follow(page.locator("main button[name=action][value=send]").last)
    assert page.locator(f"[name='analysis-{key}']").count() == 0, "the row is still open"
    sheet.go(SHEET)
    page.wait_for_selector("form[data-ready]", state="attached")
    expect(page.locator("#sisa-ketikan")).to_be_hidden()


def test_a_link_that_is_not_attached_yet_outlives_the_page(sheet):
    page = sheet.page
    link = page.locator("[data-evidence] [name^=link-]").first
    name, address = link.get_attribute("name"), "https://drive.google.com/file/d/contoh"
    link.fill(address)
    page.locator(f"[name='{name.replace('link', 'page')}']").fill("3")
    sheet.go(SHEET)
    expect(page.locator(f"[name='{name}']")).to_have_value(address)
    expect(page.locator(f"[name='{name.replace('link', 'page')}']")).to_have_value("3")
    box = page.locator(f"[data-evidence]:has([name='{name}'])")
    expect(box.get_by_role("status")).to_have_text("Ketikan yang belum dilampirkan dipulihkan.")
    box.get_by_role("button", name="Unggah").click()
    expect(box.get_by_role("link", name=re.compile("drive.google.com"))).to_be_visible(timeout=30_000)
    sheet.go(SHEET)
    expect(page.locator(f"[name='{name}']")).to_have_value("")
