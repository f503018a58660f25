"""Which addresses may be attached as evidence: judged by themselves, never opened."""

import pytest

from measurement.rules.evidence_links import (
    DEFAULT_HOSTS,
    LONGEST_LINK,
    LinkError,
    check_link,
    link_name,
    read_hosts,
)

HOSTS = read_hosts("\n".join(DEFAULT_HOSTS))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            "https://drive.google.com/file/d/1a2b/view?usp=sharing",
            "https://drive.google.com/file/d/1a2b/view?usp=sharing",
        ),
        ("  https://Data.Kota.GO.ID/berkas.pdf#hlm3 ", "https://data.kota.go.id/berkas.pdf#hlm3"),
        ("https://bps.go.id:443", "https://bps.go.id/"),
        ("https://bps.go.id./a", "https://bps.go.id/a"),
    ],
)
def test_an_address_on_an_allowed_site_is_kept_in_one_spelling(typed, kept):
    assert check_link(typed, HOSTS) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "http://bps.go.id/a", "ftp://bps.go.id/a", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "bps.go.id/a", "//bps.go.id/a",
        "https://", "https://go.id/", "https://evil.com/", "https://bps.go.id.evil.com/", "https://evil.com/?bps.go.id", "https://evilgo.id/",
        "https://admin:rahasia@bps.go.id/", "https://bps.go.id@evil.com/", "https://evil.com\\@bps.go.id/", "https://bps.go.id:8443/",
        "https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/", "https://10.0.0.5/a", "https://localhost/",
        "https://server.local/", "https://bps.go.id/a b", "https://bps.go.id/\u202efdp", "https://bps.go.id/a\nb", "https://bps.go.id/\x00",
        "https://bps.go.id:99999/", "https://bps.g\u043e.id/", f"https://bps.go.id/{'a' * LONGEST_LINK}",
    ],
)  # fmt: skip
def test_any_other_address_is_refused_with_a_sentence(typed):
    with pytest.raises(LinkError, match=r"\.$"):
        check_link(typed, HOSTS)


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("http://bps.go.id/a", "https://bps.go.id/a"),
        ("drive.google.com/file/x", "https://drive.google.com/file/x"),
        ("https://bps.go.id/a b", "https://bps.go.id/ab"),
        ("http://evil.com/", ""),
        ("javascript:alert(1)", ""),
        ("https://admin:rahasia@bps.go.id/", ""),
    ],
)
def test_the_likely_address_is_offered_only_if_it_could_be_attached(typed, likely):
    with pytest.raises(LinkError) as refused:
        check_link(typed, HOSTS)
    assert refused.value.likely == likely


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "*.id",
        "*.",
        "id",
        "localhost",
        "10.0.0.1",
        "server.lan",
        "a..b",
        "*.*.go.id",
        "-a.go.id",
        "a.go.id/x",
    ],
)
def test_what_names_no_public_site_is_no_setting(text):
    with pytest.raises(ValueError, match="bukan nama situs"):
        read_hosts(text)


def test_sites_are_read_as_they_are_pasted_and_kept_once():
    assert list(map(str, read_hosts("https://Drive.Google.com/, *.go.id\n*.go.id"))) == [
        "drive.google.com",
        "*.go.id",
    ]


def test_without_sites_nothing_may_be_linked():
    with pytest.raises(LinkError, match="belum ada"):
        check_link("https://bps.go.id/", read_hosts(""))


def test_a_link_is_called_by_its_site_and_the_end_of_its_path():
    assert link_name("https://drive.google.com/file/d/1a2b/view?x=1") == "drive.google.com/…/view"
    assert link_name("https://bps.go.id/") == "bps.go.id"
