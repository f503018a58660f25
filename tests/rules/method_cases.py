"""Every method by a table of cases: method, target, realisasi, and the capaian or the gap; the range is 6 to 7."""

from measurement.rules.figure import Gap

# Method, target, realisasi, capaian or why there is none. Ranges are 6–7; for a predicate, the scores count.
METHOD_CASES = [
    ("maksimum", "10", "0", "0"), ("maksimum", "10", "-5", "-50"), ("maksimum", "10", "10", "100"), ("maksimum", "10", "9.99", "99.9"),
    ("maksimum", "10", "10.01", "100.1"), ("maksimum", "5", "500", "10000"), ("maksimum", "0", "3", Gap.ZERO_TARGET),
    ("maksimum", "", "3", Gap.NO_TARGET), ("maksimum", "10", "", Gap.BLANK), ("maksimum", "", "", Gap.BLANK),
    ("minimum", "10", "0", "200"), ("minimum", "10", "-5", "250"), ("minimum", "10", "10", "100"), ("minimum", "10", "9.99", "100.1"),
    ("minimum", "10", "10.01", "99.9"), ("minimum", "10", "20", "0"), ("minimum", "10", "20.01", "0"), ("minimum", "10", "500", "0"),
    ("minimum", "0", "0", Gap.ZERO_TARGET), ("minimum", "0", "3", Gap.ZERO_TARGET), ("minimum", "", "3", Gap.NO_TARGET),
    ("minimum", "10", "", Gap.BLANK),
    ("minimum_rasio", "10", "0", Gap.ZERO_DIVISOR), ("minimum_rasio", "10", "-5", "-200"), ("minimum_rasio", "10", "10", "100"),
    ("minimum_rasio", "10", "8", "125"), ("minimum_rasio", "10", "16", "62.5"), ("minimum_rasio", "0", "0", Gap.ZERO_TARGET),
    ("minimum_rasio", "0", "3", Gap.ZERO_TARGET), ("minimum_rasio", "", "3", Gap.NO_TARGET), ("minimum_rasio", "10", "", Gap.BLANK),
    ("stabil", "10", "0", "0"), ("stabil", "10", "-5", "-50"), ("stabil", "10", "10", "100"), ("stabil", "10", "9.99", "99.9"),
    ("stabil", "10", "10.01", "99.9"), ("stabil", "10", "20", "0"), ("stabil", "10", "500", "0"), ("stabil", "0", "0", Gap.ZERO_TARGET),
    ("stabil", "", "3", Gap.NO_TARGET), ("stabil", "10", "", Gap.BLANK),
    ("rentang", "", "6", "100"), ("rentang", "", "7", "100"), ("rentang", "", "6.5", "100"), ("rentang", "", "3", "50"),
    ("rentang", "", "7.7", "90"), ("rentang", "", "14", "0"), ("rentang", "", "20", "0"), ("rentang", "", "0", "0"),
    ("rentang", "", "-6", "-100"), ("rentang", "99", "6", "100"), ("rentang", "", "", Gap.BLANK),
    ("maksimum", "-5", "-4", "120"), ("maksimum", "-5", "-6", "80"), ("maksimum", "-5", "0", "200"), ("maksimum", "-5", "-11", "0"),
    ("minimum", "-5", "-4", "80"), ("minimum", "-5", "-6", "120"), ("minimum", "-5", "1", "0"), ("minimum_rasio", "-5", "-6", "120"),
    ("stabil", "-5", "-4", "80"), ("stabil", "-5", "-6", "80"), ("stabil", "-5", "9", "0"),
    ("rentang_naik", "", "6.5", "100"), ("rentang_naik", "", "3", "50"), ("rentang_naik", "", "7.7", "110"), ("rentang_naik", "", "", Gap.BLANK),
    ("rentang_turun", "", "6.5", "100"), ("rentang_turun", "", "3", "150"), ("rentang_turun", "", "7.7", "90"), ("rentang_turun", "", "20", "0"),
    ("ya_tidak", "1", "1", "100"), ("ya_tidak", "1", "0", "0"), ("ya_tidak", "0", "1", "100"), ("ya_tidak", "", "1", "100"),
    ("ya_tidak", "", "-1", "100"), ("ya_tidak", "1", "", Gap.BLANK),
    ("predikat", "4", "4", "100"), ("predikat", "4", "3", "75"), ("predikat", "4", "1", "25"), ("predikat", "6", "7.2", "120"),
    ("predikat", "4", "0", "0"), ("predikat", "0", "3", Gap.ZERO_TARGET), ("predikat", "", "3", Gap.NO_TARGET), ("predikat", "4", "", Gap.BLANK),
]  # fmt: skip
