"""Days as people and workbooks write them."""

from datetime import date, datetime

import pytest

from measurement.rules.written_dates import read_date, read_moment

DAY = date(2026, 2, 9)


@pytest.mark.parametrize(
    "text",
    [
        "9/2/2026", "09-02-2026", "9.2.2026", "9 2 2026", "9/2/26", "9-Feb-26", "9 Feb 2026", "9 Februari 2026", "9 Pebruari 2026", "9 FEBRUARI 2026",
        "Senin, 9 Februari 2026", "Senin 9 Februari 2026", "2026-02-09", "2026-02-09 00:00:00", "46062", "\u00a09\u00a0Februari\u00a02026 ",
    ],
)  # fmt: skip
def test_a_day_as_people_and_workbooks_write_it(text):
    assert read_date(text) == DAY


def test_months_by_other_and_short_names():
    assert [read_date(f"1 {name} 2026").month for name in ("Agt", "Nop", "Nopember", "Des", "Dec", "Sept", "Mei")] == [
        8, 11, 11, 12, 12, 9, 5,
    ]  # fmt: skip


def test_a_short_year_is_of_this_century_up_to_50():
    assert [read_date(text).year for text in ("1/4/98", "1/4/51", "1/4/50", "1/4/03")] == [
        1998,
        1951,
        2050,
        2003,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "12/31/2026",
        "31 Februari 2026",
        "1 Januari",
        "Februari 2026",
        "2026",
        "20-24 Maret 2026",
        "-",
        "",
        "12345",
        "99999",
        "1 Foo 2026",
    ],
)
def test_what_is_no_day_is_none(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "9/2/2026 9.30", "09-02-2026 09:30", "9.2.2026 09.30", "9 Februari 2026 pukul 9.30", "Senin, 9 Februari 2026, pukul 09.30 WIB", "9/2/26, 9.30 wib",
        "9 Feb 2026 jam 9:30", "2026-02-09T09:30", "2026-02-09 09:30:00",
    ],
)  # fmt: skip
def test_a_moment_is_a_day_and_then_the_hour(text):
    assert read_moment(text, "WIB") == datetime.fromisoformat("2026-02-09T09:30")


@pytest.mark.parametrize(
    "text",
    [
        "9/2/2026",
        "9.2.2026",
        "9.30",
        "9/2/2026 24.30",
        "9/2/2026 9.60",
        "9/2/2026 09.30 WITA",
        "31/2/2026 9.30",
        "",
    ],
)
def test_what_is_no_moment_is_none(text):
    assert read_moment(text, "WIB") is None
