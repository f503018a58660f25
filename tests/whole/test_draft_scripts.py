"""Drafts, sessions and buttons in a browser: what is sent is no draft any more, nobody else sees one, and both values stand side by side."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import PASSWORD, Server, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

UNITS, DRAFT, SENT = "/pegawai/sub-unit/", "**/draf/", "**/pegawai/sub-unit/"
NAME = "form[data-keeps-draft] [name=name]"
IDENTITY = "/pengaturan/kantor/identitas/"


@pytest.fixture(scope="module")
def drafts_address(tmp_path_factory, demonstration_files):
    with Server(tmp_path_factory.mktemp("drafts"), demonstration_files) as server:
        yield server.address


@pytest.fixture
def admin(browser, drafts_address):
    visitor = Visitor(browser, drafts_address, "admin")
    visitor.go(UNITS)
    yield visitor
    visitor.context.close()


def typed(visitor: Visitor, text: str) -> None:
    """Typed, and at the server, too."""
    with visitor.page.expect_response(DRAFT):
        visitor.page.fill(NAME, text)


def press(visitor: Visitor) -> None:
    visitor.page.locator("form[data-keeps-draft] button").last.click()


def kept(visitor: Visitor) -> int:
    return visitor.page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('sakip-draf')).length"
    )


def test_what_was_sent_is_no_draft_any_more(admin):
    typed(admin, "Kelurahan Terkirim")
    press(admin)
    expect(admin.page.get_by_text("Kelurahan Terkirim ditambahkan")).to_be_visible()
    assert admin.page.input_value(NAME) == ""
    assert kept(admin) == 0


def test_what_arrived_is_not_offered_again_though_its_answer_was_lost(admin):
    admin.page.route(SENT, lambda route: (route.fetch(max_redirects=0), route.abort()), times=1)
    typed(admin, "Kelurahan Tanpa Jawaban")
    press(admin)
    admin.page.wait_for_timeout(1500)
    admin.go(UNITS)
    expect(admin.page.locator(NAME)).to_have_value("")
    assert admin.page.get_by_text("Kelurahan Tanpa Jawaban", exact=True).count() == 1
    assert kept(admin) == 0


def test_what_never_arrived_is_a_draft_again(admin):
    admin.page.route(SENT, lambda route: route.abort(), times=1)
    typed(admin, "Kelurahan Hilang di Jalan")
    press(admin)
    admin.page.wait_for_timeout(500)
    admin.go(UNITS)
    expect(admin.page.locator(NAME)).to_have_value("Kelurahan Hilang di Jalan")
    admin.page.get_by_role("button", name="Buang draf").click()
    expect(admin.page.locator(NAME)).to_have_value("")


def test_a_double_press_makes_one_and_says_what_is_done(admin):
    admin.page.fill(NAME, "Kelurahan Dobel")
    said = admin.page.evaluate(
        """() => { const button = [...document.querySelectorAll("form[data-keeps-draft] button")].at(-1);
        button.click(); button.click(); return [button.textContent, button.ariaDisabled, button.ariaBusy]; }"""
    )
    assert said == ["Menambahkan …", "true", "true"]
    expect(admin.page.get_by_text("Kelurahan Dobel ditambahkan")).to_be_visible()
    assert admin.page.get_by_role("link", name="Kelurahan Dobel").count() <= 1


def test_a_button_can_be_pressed_again_after_back(admin):
    admin.page.fill(NAME, "")
    press(admin)
    admin.page.wait_for_load_state()
    admin.page.go_back()
    assert admin.page.locator("form[data-keeps-draft] [aria-disabled]").count() == 0


def test_nobody_else_at_this_computer_sees_it(admin):
    typed(admin, "Rahasia administrator")
    admin.page.evaluate("document.querySelector('details.menu').open = true")
    admin.follow(admin.page.get_by_role("button", name="Keluar"))
    assert kept(admin) == 0
    admin.log_in("tim1")
    assert "Rahasia administrator" not in admin.page.content()
    admin.page.context.clear_cookies()
    admin.log_in("admin")
    admin.go(UNITS)
    assert admin.page.input_value(NAME) == "Rahasia administrator"
    admin.page.get_by_role("button", name="Buang draf").click()


def test_a_session_that_is_over_goes_on_after_a_login_in_another_tab(admin):
    admin.context.clear_cookies(name="sessionid")
    admin.page.fill(NAME, "Kelurahan Sesi")
    with admin.context.expect_page() as opened:
        admin.page.get_by_role("link", name="Masuk lagi di tab baru").click()
    tab = opened.value
    with admin.page.expect_response(
        lambda answer: answer.url.endswith("/draf/") and answer.ok, timeout=20_000
    ):
        tab.fill("input[name=username]", "admin")
        tab.fill("input[name=password]", PASSWORD)
        tab.locator("main button[type=submit]").click()
        tab.wait_for_url("**/")
        tab.close()
    press(admin)
    expect(admin.page.get_by_text("Kelurahan Sesi ditambahkan")).to_be_visible()


def test_what_somebody_else_saved_meanwhile_stands_beside_the_draft(admin, browser, drafts_address):
    admin.go(IDENTITY)
    name = "address"
    with admin.page.expect_response(DRAFT):
        admin.page.fill(f"[name={name}]", "Nama menurut draf")
    other = Visitor(browser, drafts_address, "admin")
    other.go(IDENTITY)
    other.page.fill(f"[name={name}]", "Nama yang disimpan")
    other.follow(other.page.locator("form[data-keeps-draft] button[type=submit]").last)
    other.context.close()
    admin.page.reload()
    assert admin.page.input_value(f"[name={name}]") == "Nama yang disimpan"
    expect(admin.page.locator(".conflict")).to_contain_text("Ketikan Anda: Nama menurut draf")
    admin.page.get_by_role("button", name="Pakai ketikan saya").click()
    assert admin.page.input_value(f"[name={name}]") == "Nama menurut draf"


def test_the_page_warns_before_the_session_ends(admin):
    admin.page.route("**/sesi/", lambda route: route.fulfill(json={**route.fetch().json(), "left": 240}))
    admin.page.evaluate(
        "sakip.session.told({ person: Number(document.body.dataset.person), left: 299, ends: '15.10 WIB', is_last: false })"
    )
    expect(admin.page.get_by_role("button", name="Tetap masuk")).to_be_visible(timeout=10_000)
    admin.page.unroute_all()
    admin.page.get_by_role("button", name="Tetap masuk").click()
    expect(admin.page.locator("#sesi")).to_have_count(0)
