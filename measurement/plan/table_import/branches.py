"""Rows whose branch is told only in part: codes as numbers or without dots, codes that only the rows below have, names and parents that the
nomenclature knows, and what "Tipe Target" says of an indicator. Nothing is invented: what nobody tells stays blank, and is wrong then."""

from itertools import count

from measurement.models import Level
from measurement.rules.accumulations import Accumulation
from measurement.rules.methods import Method
from measurement.rules.units import unit_in

from .cells import CODE, LEVELS, TEXT
from .changes import Stored
from .columns import PlanLayout, plain_heading
from .nomenclature import full_code, name_of_code, parent_code

PARTS = {Level.PROGRAM.value: 3, Level.KEGIATAN.value: 5, Level.SUB_KEGIATAN.value: 6}
LEVEL_OF_PARTS = {parts: level for level, parts in PARTS.items()}
ORDER = (Level.SASARAN.value, *PARTS)
ABOVE_PLAN = ("visi", "misi", "tujuan", "urusan", "bidang_urusan")
MOST_NAMED = 5


def complete_branches(rows: list[dict], layout: PlanLayout, stored: Stored) -> tuple[list[dict], list[str]]:
    """The rows with whole codes, names and parents, and remarks on what was put in."""
    kept = [row for row in rows if plain_heading(row.get("level", "")) not in ABOVE_PLAN]
    remarks = [f"{len(rows) - len(kept)} baris tujuan atau urusan dilewati."] if len(kept) < len(rows) else []
    for row in kept:
        row["level"] = LEVELS.get(plain_heading(row.get("level", "")), row.get("level", ""))
        _kind_of_target(row)
        _unit_of_target(row)
    remarks += _whole_codes(kept) + _codes_from_below(kept, stored)
    unnamed = [
        row
        for row in kept
        if "name" not in _columns(layout, row["level"]) or (row.get("account") and not row.get("name"))
    ]
    _names(unnamed, stored)
    complete, added = _with_parents(kept, stored)
    if added:
        remarks.append(f"Tidak ada di berkas, diambil dari nomenklatur: {_shortened(added)}.")
    return complete, remarks


def _columns(layout: PlanLayout, level: str) -> dict[str, int]:
    return layout.columns_of(level) if layout.of_level else layout.columns


def _kind_of_target(row: dict) -> None:
    """ "Kondisi Akhir Menurun", "Akumulatif": the direction and the accumulation, where the row doesn't name them itself."""
    kind = plain_heading(row.pop("kind_of_target", ""))
    if not kind:
        return
    if "menurun" in kind or "turun" in kind or "minim" in kind:
        row["method"] = row.get("method") or Method.MINIMIZE.value
    if "kondisi_akhir" in kind or "posisi" in kind or kind.startswith("non"):
        row["accumulation"] = row.get("accumulation") or Accumulation.LAST.value
    elif "akumulati" in kind or "kumulati" in kind:
        row["accumulation"] = row.get("accumulation") or Accumulation.SUM.value


def _unit_of_target(row: dict) -> None:
    """ "4 laporan" in a table that has no column for the unit, or a blank there."""
    if str(row.get("measure", "")).strip():
        return
    targets = (value for key, value in row.items() if key.startswith("target_") and isinstance(value, str))
    unit = next(filter(None, map(unit_in, targets)), "")
    if unit:
        row["measure"] = unit


def _whole_codes(rows: list[dict]) -> list[str]:
    changed: dict[str, str] = {}
    for row in rows:
        for key in ("code", "parent"):
            written = CODE.clean(row.get(key, ""))
            if written and (whole := full_code(written)) != written:
                row[key] = changed[written] = whole
    said = _shortened([f"{written} → {whole}" for written, whole in changed.items()])
    return [f"Kode ditulis menurut nomenklatur: {said}."] if changed else []


def _codes_from_below(rows: list[dict], stored: Stored) -> list[str]:
    """Codes of branches that the file only names: as the plan has them, or as the codes below begin; S1, S2 … for a sasaran."""
    known = {(node.level, _spelled(node.name)): key.code for key, node in stored.nodes.items()}
    used = {key.code for key in stored.nodes} | {CODE.clean(row.get("code", "")) for row in rows}
    fresh = (code for number in count(1) if (code := f"S{number}") not in used)
    given: dict[tuple[str, str], str] = {}
    sasaran = ""
    for place, row in enumerate(rows):
        level, key = row["level"], (row["level"], _spelled(row.get("name", "")))
        if level in ORDER and not CODE.clean(row.get("code", "")):
            if key not in given:
                below = next(fresh) if level == Level.SASARAN else _code_below(rows, place)
                given[key] = known.get(key) or below
            row["code"] = given[key]
            row["is_below_sasaran"] = True
        if level == Level.PROGRAM and sasaran and row.get("is_below_sasaran"):
            row["parent"] = row.get("parent") or sasaran
        if level == Level.SASARAN:
            sasaran = CODE.clean(row.get("code", ""))
    told = [*filter(None, given.values())]
    return (
        [f"Kode yang tidak tertulis diambil dari rencana atau baris di bawahnya: {_shortened(told)}."]
        if told
        else []
    )


def _spelled(name) -> str:
    return TEXT.clean(name).casefold()


def _code_below(rows: list[dict], place: int) -> str:
    """How the codes begin that stand below a program or kegiatan."""
    level = rows[place]["level"]
    for row in rows[place + 1 :]:
        if row["level"] in ORDER and ORDER.index(row["level"]) < ORDER.index(level):
            break
        code = CODE.clean(row.get("code", ""))
        if row["level"] != level and len(code.split(".")) > PARTS[level]:
            return ".".join(code.split(".")[: PARTS[level]])
    return ""


def _names(rows: list[dict], stored: Stored) -> None:
    """Names where the file has no column for them; a blank in such a column is wrong."""
    named = {CODE.clean(row.get("code", "")): row["name"] for row in rows if TEXT.clean(row.get("name", ""))}
    for row in rows:
        code = CODE.clean(row.get("code", ""))
        if code and not TEXT.clean(row.get("name", "")):
            node = stored.node_of(code)
            row["name"] = named.get(code) or (node.name if node else "") or name_of_code(code)


def _with_parents(rows: list[dict], stored: Stored) -> tuple[list[dict], list[str]]:
    """The program and kegiatan above a row that neither the file nor the plan has, and their codes."""
    there = {CODE.clean(row.get("code", "")) for row in rows} | {key.code for key in stored.nodes}
    complete: list[dict] = []
    added: list[str] = []
    for row in rows:
        missing = []
        code = parent_code(CODE.clean(row.get("code", "")))
        while code and code not in there and name_of_code(code):
            missing.append(code)
            code = parent_code(code)
        for code in reversed(missing):
            level = LEVEL_OF_PARTS[len(code.split("."))]
            complete.append(
                {"number": row["number"], "level": level, "code": code, "name": name_of_code(code)}
            )
        there |= {*missing}
        added += reversed(missing)
        complete.append(row)
    return complete, added


def _shortened(items: list[str]) -> str:
    return ", ".join(items[:MOST_NAMED]) + (
        f", dan {len(items) - MOST_NAMED} lagi" if len(items) > MOST_NAMED else ""
    )
