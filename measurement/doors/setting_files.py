"""Settings that go in and out by file, a row each: their columns, what is stored, why a line can't be taken, and how lines are written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from measurement.models import Person, PredicateScale, Unit
from measurement.rules.numbers import NumberError, parse_number
from measurement.spreadsheets.setting_cells import (
    read_class_code,
    read_day,
    read_optional_day,
    read_text,
    read_years,
    show_day,
    show_years,
)
from measurement.spreadsheets.setting_tables import SettingColumn, SettingTable, SettingUpload, Values
from measurement.spreadsheets.worksheet_import import WrongFormCell

from .days_off import WORKS, DayOff, days_held, put_days
from .predicate_scales import (
    Levels,
    ScaleFacts,
    facts_of_scale,
    level_gaps,
    level_words,
    named_scale,
    put_scale,
    scale_refusal,
)
from .retention_classes import KeptFor, classes_held, kept_for, put_classes

OFF = re.compile(
    r"-*|(?:hari )?libur(?: nasional| keagamaan| fakultatif| daerah| lokal)?|(?:libur )?(?:nasional|cuti bersama|daerah|lokal)",
    re.IGNORECASE,
)
BOUND = re.compile(r"(?P<label>.*\S)\s*(?:≥|>=)\s*(?P<lower>\S.*)")


def read_works(text: str) -> bool:
    if text.casefold() in ("masuk", "masuk kerja", WORKS):
        return True
    if OFF.fullmatch(text):
        return False
    raise ValueError(f"Tulis libur atau {WORKS}; kosong berarti libur.")


def read_levels(text: str) -> Levels:
    """Sangat Tinggi ≥ 91; Tinggi ≥ 76; …; Sangat Rendah."""
    levels = []
    for part in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        bound = BOUND.fullmatch(part)
        try:
            levels.append(
                (parse_number(bound["lower"]) if bound else None, bound["label"] if bound else part)
            )
        except NumberError as error:
            raise ValueError(str(error)) from None
    if gaps := level_gaps(levels):
        raise ValueError(" ".join(gaps))
    return levels


DAYS_TABLE = SettingTable(
    "Hari libur",
    (
        SettingColumn(
            "day",
            "Tanggal",
            read_day,
            show_day,
            width=14,
            also=("tgl", "hari/tanggal", "hari, tanggal", "tanggal libur"),
        ),
        SettingColumn(
            "name",
            "Nama",
            read_text(150),
            width=50,
            also=(
                "hari libur",
                "nama hari libur",
                "nama libur",
                "uraian",
                "hari libur nasional",
                "peringatan",
                "hari besar",
                "keterangan",
            ),
        ),
        SettingColumn(
            "works",
            "Keterangan",
            read_works,
            lambda works: WORKS if works else "libur",
            False,
            also=("jenis", "jenis libur", "status"),
        ),
    ),
)
SCALES_TABLE = SettingTable(
    "Skala predikat",
    (
        SettingColumn("name", "Skala", read_text(150), width=40),
        SettingColumn("source", "Sumber", read_text(250), width=50),
        SettingColumn("valid_from", "Berlaku sejak", read_day, show_day, width=14),
        SettingColumn("valid_until", "Berlaku sampai sebelum", read_optional_day, show_day, False, 14),
        SettingColumn("levels", "Tingkat", read_levels, level_words, width=80),
    ),
)
RETENTION_TABLE = SettingTable(
    "Retensi arsip",
    (
        SettingColumn(
            "code",
            "Kode klasifikasi",
            read_class_code(30),
            width=18,
            also=("kode", "klasifikasi", "kode klas"),
        ),
        SettingColumn(
            "name",
            "Jenis arsip",
            read_text(200),
            width=50,
            also=("jenis/series arsip", "jenis / series arsip", "uraian", "nama"),
        ),
        SettingColumn(
            "active_years",
            "Retensi aktif (tahun)",
            read_years,
            show_years,
            False,
            14,
            ("retensi aktif", "aktif", "aktif (tahun)"),
        ),
        SettingColumn(
            "inactive_years",
            "Retensi inaktif (tahun)",
            read_years,
            show_years,
            False,
            14,
            ("retensi inaktif", "inaktif", "inaktif (tahun)"),
        ),
        SettingColumn(
            "fate",
            "Nasib akhir",
            read_text(60, False),
            required=False,
            also=("keterangan", "penyusutan akhir", "nasib akhir arsip"),
        ),
        SettingColumn("source", "Sumber", read_text(250, False), required=False, width=50),
    ),
)


def stored_days(unit: Unit) -> dict[Any, Values]:
    return {
        day: {"day": day, "name": line.name, "works": line.works} for day, line in days_held(unit).items()
    }


def stored_scales(unit: Unit) -> dict[Any, Values]:
    scales = PredicateScale.objects.for_unit(unit).prefetch_related("levels")
    ordered = sorted(scales, key=lambda scale: (scale.unit_id is not None, scale.name))
    return {scale.name: dict(vars(facts_of_scale(scale))) for scale in ordered}


def stored_classes(unit: Unit) -> dict[Any, Values]:
    return {code: dict(vars(kept_for(rule))) for code, rule in classes_held(unit).items()}


def nothing_wrong(unit: Unit, values: Values) -> str:
    return ""


def scale_problem(unit: Unit, values: Values) -> str:
    """A file can't change what a page can't."""
    if values["valid_until"] and values["valid_until"] <= values["valid_from"]:
        return "Tanggal akhir harus sesudah tanggal mulai."
    found = named_scale(unit, values["name"])
    return scale_refusal(unit, found) if found else ""


def write_days(unit: Unit, actor: Person, lines: list[Values]) -> None:
    put_days(unit, actor, [DayOff(**line) for line in lines])


def write_scales(unit: Unit, actor: Person, lines: list[Values]) -> None:
    for line in lines:
        put_scale(unit, actor, ScaleFacts(**line), named_scale(unit, line["name"]))


def write_classes(unit: Unit, actor: Person, lines: list[Values]) -> None:
    put_classes(unit, actor, [KeptFor(**line) for line in lines])


@dataclass(frozen=True)
class SettingFile:
    """`page` is where it belongs; the caller of `write` opens the transaction."""

    page: str
    table: SettingTable
    stored: Callable[[Unit], dict[Any, Values]]
    write: Callable[[Unit, Person, list[Values]], None]
    problem: Callable[[Unit, Values], str] = nothing_wrong

    def check(self, unit: Unit, found: SettingUpload) -> SettingUpload:
        """Add what can't be written although every cell can be read."""
        for difference in found.differences:
            if sentence := self.problem(unit, found.lines[difference.number]):
                found.wrong.append(WrongFormCell(f"A{difference.number}", difference.name, sentence))
        return found


SETTING_FILES: Mapping[str, SettingFile] = {
    "hari-libur": SettingFile("holidays", DAYS_TABLE, stored_days, write_days),
    "predikat": SettingFile("predicate_scales", SCALES_TABLE, stored_scales, write_scales, scale_problem),
    "retensi": SettingFile("retention", RETENTION_TABLE, stored_classes, write_classes),
}
