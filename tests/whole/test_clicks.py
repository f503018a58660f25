"""How few clicks an ASN needs from home to send seven rows, with script and mouse as most people work."""

import re

import pytest

from tests.support.browser import Server, Visitor
from tests.support.demo_stages import take_to

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

TEXT = "Koordinasi dengan pemerintah desa berjalan baik."


@pytest.fixture
def asn(browser, tmp_path, demonstration_files):
    """Somebody with seven empty rows."""
    server = Server(tmp_path / "server", demonstration_files)
    take_to(server, "seven_rows")
    with server:
        visitor = Visitor(browser, server.address, "asn02")
        yield visitor
        visitor.leave()


def type_into_what_stands_open(asn: Visitor) -> None:
    """Whatever can be seen without another click."""
    for box in asn.page.locator("input[data-column], textarea[data-cell]").all():
        if box.is_visible() and not box.input_value():
            box.fill(TEXT if box.evaluate("(one) => one.tagName") == "TEXTAREA" else "3")


def test_seven_rows_are_sent_with_three_clicks(asn):
    asn.go("/")
    asn.take("Isi kertas kerja")
    assert asn.page.locator("tbody:has(input[data-column])").count() >= 7
    sent = 0
    while sent < 7:
        type_into_what_stands_open(asn)
        asn.click("Kirim")
        assert asn.clicks <= 3, asn.text
        sent += sum(map(int, re.findall(r"(\d+) baris dikirim ke Tim SAKIP", asn.text)))
    assert sent == 7
