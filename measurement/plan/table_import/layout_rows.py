"""The rows of a file as one row per line of the plan, whatever its layout; `layouts` says which one it is.

Cells merged downwards hold their value on the first row only: it is filled down for what stands above an indicator, never for others.
"""

import re
from collections.abc import Iterator, Sequence

from measurement.models import Level

from .code_columns import CodesInColumns, joined_code
from .columns import PlanLayout, plain_heading
from .heading_keys import heads_table
from .heading_words import SIDE_BY_SIDE
from .nomenclature import full_code
from .sasaran_column import SASARAN_CODE, with_sasaran

CODED = re.compile(
    r"(?P<code>(?:\d{1,2}|X)(?:\.(?:\d{1,4}|X{1,2}))+)\.?\s*[-–—:]?\s+(?P<name>\S.*)", re.DOTALL
)
COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?(?:\s*[=(].*)?")
ACCOUNT = re.compile(r"[456]\.[1-4]\.\d{2}(?:\.\d{2}){0,2}(?:\.\d{3,4})?\.?")  # 5.1.02.01.01.0024
COMPOSITE = re.compile(
    r"(?P<code>(?:\d|X)\.(?:\d{2}|XX)\.\d{2}\.[12]\.\d{2}\.\d{2,4})\.(?P<account>[456]\.[1-4](?:\.\d+)*)\.?"
)
SHORT_ACCOUNT = re.compile(r"[456](?:\.[1-4])?\.?")
TOTAL = re.compile(r"(?:grand_|sub_?)?(?:total|jumlah)(?:_.*)?")
TABLE_BELOW = "Mulai baris {number} ada tabel lain, yang tidak dibaca: unggah sebagai berkas sendiri."
BRANCH = ("level", "code", "parent", "name")
FILLED_DOWN = (*BRANCH, "sub_unit", "sub_unit_code")
LEVEL_BY_PARTS = {3: Level.PROGRAM.value, 5: Level.KEGIATAN.value, 6: Level.SUB_KEGIATAN.value}


def rows_of(rows: Sequence[Sequence], layout: PlanLayout) -> tuple[list[dict], list[str]]:
    """One row per line of the plan: "number" is its row in the file, the rest by key. And remarks on rows that were passed over."""
    numbered = [
        (number, row)
        for number, row in enumerate(rows[layout.header :], layout.header + 1)
        if any(_text(value) for value in row) and not _repeats_headings(row, rows[: layout.header])
    ]
    if numbered and _is_column_numbers(numbered[0][1]):
        numbered = numbered[1:]
    numbered, below = _first_table(numbered)
    passed: list[int] = []
    found = list(
        _side_by_side(numbered, layout, passed)
        if layout.of_level
        else _below_each_other(numbered, layout, passed)
    )
    said = ", ".join(str(number) for number in passed[:10]) + (", …" if len(passed) > 10 else "")
    remarks = [f"Baris jumlah atau urusan dilewati: {said}."] if passed else []
    remarks += [*below, *layout.remarks]
    return found, [*dict.fromkeys(scale.remark for scale in layout.scales.values()), *remarks]


def _first_table(rows: list) -> tuple[list, list[str]]:
    """The rows up to the headings of another table, and a remark on that."""
    for index, (number, row) in enumerate(rows):
        if heads_table(row):
            return rows[:index], [TABLE_BELOW.format(number=number)]
    return rows, []


def _text(value) -> str:
    return str(value).strip()


def _repeats_headings(row: Sequence, headings: Sequence[Sequence]) -> bool:
    """A row of the headings once more, as on each printed page."""
    texts = [_text(value) for value in row]
    return any(texts == [_text(value) for value in heading] for heading in headings)


def _is_column_numbers(row: Sequence) -> bool:
    """(1) (2) (3) below the headings."""
    texts = [_text(value) for value in row if _text(value)]
    return len(texts) > 3 and all(COLUMN_NUMBER.fullmatch(text) for text in texts)


def _is_total(row: Sequence) -> bool:
    return any(
        TOTAL.fullmatch(plain_heading(value)) for value in [value for value in row if _text(value)][:1]
    )


def _part(row: dict) -> None:
    """A code and a name that were written in one cell."""
    for written, other in (("name", "code"), ("code", "name")):
        coded = CODED.fullmatch(_text(row.get(written, "")))
        if coded and not _text(row.get(other, "")):
            row |= coded.groupdict()


def _below_each_other(rows: list, layout: PlanLayout, passed: list[int]) -> Iterator[dict]:
    above: dict = {}
    codes = CodesInColumns(layout.code_columns, [values for _, values in rows])
    plain = []
    for number, values in rows:
        row = {"number": number} | {key: values[column] for key, column in layout.columns.items()}
        if layout.code_columns[1:]:
            row["code"] = codes.code_of(values)
        _part(row)
        plain.append(row)
    values_of = dict(rows)
    for row in with_sasaran(plain) if "sasaran" in layout.columns else plain:
        number, values = row["number"], values_of[row["number"]]
        if not (_text(row.get("code", "")) or _text(row.get("name", ""))) and _text(row.get("indicator", "")):
            row |= {key: above[key] for key in FILLED_DOWN if key in above and not _text(row.get(key, ""))}
        code = _text(row.get("code", ""))
        is_total = _is_total(values) and not _text(row.get("measure", ""))
        if layout.by_account and (account := _account_of(row, code, above)):
            yield account
            continue
        if ACCOUNT.fullmatch(code) or (is_total and (not code or TOTAL.fullmatch(plain_heading(code)))):
            passed.append(number)
            continue
        if "level" not in layout.columns and not row.get("level"):
            row["level"] = _level(full_code(_text(row.get("code", "")).replace(" ", "").rstrip(".")))
            if not (row["level"] or _text(row.get("indicator", ""))):
                passed.append(number)
                continue
        above = row
        yield row


def _account_of(row: dict, code: str, above: dict) -> dict | None:
    """A row of an account as one of the sub kegiatan that it stands below, or that its code begins with."""
    composite = COMPOSITE.fullmatch(code.replace(" ", ""))
    sub = (
        full_code(composite["code"])
        if composite
        else _text(above.get("code", "")).replace(" ", "").rstrip(".")
    )
    account = composite["account"] if composite else code.rstrip(".")
    fits = (
        composite
        or ACCOUNT.fullmatch(code)
        or (SHORT_ACCOUNT.fullmatch(code) and above.get("level") == Level.SUB_KEGIATAN)
    )
    if not fits or _level(full_code(sub)) != Level.SUB_KEGIATAN:
        return None
    name = (
        above.get("name", "")
        if not composite or _text(above.get("code", "")).startswith(composite["code"])
        else ""
    )
    told = {key: above[key] for key in ("sub_unit", "sub_unit_code") if key in above}
    return row | told | {"code": sub, "name": name, "account": account, "level": Level.SUB_KEGIATAN.value}


def _level(code: str) -> str:
    """The level that a code tells; "" for urusan, bidang urusan and what is no code."""
    if SASARAN_CODE.fullmatch(code):
        return Level.SASARAN.value
    return LEVEL_BY_PARTS.get(len(code.split(".")), "")


def _side_by_side(rows: list, layout: PlanLayout, passed: list[int]) -> Iterator[dict]:
    """Each row's program and kegiatan once, and its sub kegiatan with what the row says about it."""
    carried: dict[str, dict] = {}
    seen: set[tuple] = set()
    field = CodesInColumns(layout.field_columns)
    for number, values in rows:
        account = _text(values[layout.account_column]) if layout.account_column is not None else ""
        if _is_total(values) or TOTAL.fullmatch(plain_heading(account)):
            passed.append(number)
            continue
        parent, begins, above = "", False, field.code_of(values)
        for level in SIDE_BY_SIDE:
            row = {"number": number, "level": level} | {
                key: values[column] for key, column in layout.columns_of(level).items()
            }
            _part(row)
            if account and level == Level.SUB_KEGIATAN:
                row["account"] = account.partition(" ")[0].rstrip(".")
            row |= {"code": joined_code(parent or above, _text(row["code"]))} if "code" in row else {}
            begins = _carry(row, level, carried) or begins
            if (
                level == Level.SUB_KEGIATAN
                and begins
                and not (_names(row) or _text(row.get("indicator", "")))
            ):
                continue  # a row of a program or kegiatan alone
            key = (
                level,
                _text(row.get("code", "")) or _text(row.get("name", "")),
                _text(row.get("indicator", "")),
            )
            if level == Level.SUB_KEGIATAN or (_names(row) and key not in seen):
                yield row | ({"parent": parent} if parent else {})
            seen.add(key)
            parent = _text(row.get("code", "")) or parent


def _names(row: dict) -> bool:
    return bool(_text(row.get("code", "")) or _text(row.get("name", "")))


def _carry(row: dict, level: str, carried: dict[str, dict]) -> bool:
    """Whether the row begins a branch of this level; where it names none, it is that of the row above. A new branch ends those below the old one."""
    before, code, name = carried.get(level, {}), _text(row.get("code", "")), _text(row.get("name", ""))
    if code or name:
        begins = (code or name) not in (before.get("code"), before.get("name"))
        row |= {"name": name or ("" if begins else before["name"])}
        order = list(SIDE_BY_SIDE)
        for lower in order[order.index(level) + 1 :] if begins else ():
            carried.pop(lower, None)
        carried[level] = {"code": code or ("" if begins else before["code"]), "name": row["name"]}
        return begins
    if level != Level.SUB_KEGIATAN or _text(row.get("indicator", "")) or row.get("account"):
        row |= {key: value for key, value in before.items() if key in ("code", "name")}
    return False
