"""The lines of the plan's table: what each cell must be, and the django-import-export resource that reads them into plain objects.

No row touches the database here: widgets turn cells into values or raise the sentence that the person reads.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import tablib
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.widgets import Widget

from measurement.models import Indicator, Level, PlanNode, column_length
from measurement.rules.accumulations import ACCUMULATION_CHOICES, ACCUMULATIONS, Accumulation, AccumulationRow
from measurement.rules.methods import METHOD_CHOICES, METHODS, MethodRow
from measurement.rules.numbers import (
    AmbiguousNumber,
    NumberError,
    keepable,
    parse_money,
    parse_number,
    parse_scores,
    show_plain,
)

from .columns import PlanLayout, WrongPlanCell, plain_heading

BASIC = ("level", "code", "name", "indicator", "measure")
STATES = re.compile(r"%|persen|indeks|index|nilai|skor|rasio|predikat|orang\s*/\s*bulan", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


def default_accumulation(measure: str) -> Accumulation:
    """Percentages, indices and the like are positions; things that are counted add up."""
    return Accumulation.LAST if STATES.search(measure) else Accumulation.SUM


def choices(labels: dict, **also) -> dict[str, str]:
    """What people write for a choice: its value, its label, or the label without what stands in brackets."""
    found: dict[str, str] = {}
    for value, label in labels.items():
        found |= {
            plain_heading(value): str(value),
            plain_heading(label): str(value),
            plain_heading(str(label).split("(")[0]): str(value),
        }
    return found | {key: str(value) for key, value in also.items()}


def _also_written(table: Mapping[str, MethodRow | AccumulationRow]) -> dict[str, str]:
    return {word: key for key, row in table.items() for word in row.also_written}


LEVELS = choices(dict(Level.choices), subkegiatan=Level.SUB_KEGIATAN, sub=Level.SUB_KEGIATAN)
METHOD_WORDS = choices(dict(METHOD_CHOICES), **_also_written(METHODS))
ACCUMULATION_WORDS = choices(dict(ACCUMULATION_CHOICES), **_also_written(ACCUMULATIONS))


@dataclass
class PlanLine:
    """One line of the file: a branch and, unless `indicator` is blank, an indicator on it. Figures are attributes like target_2026, pagu_2026 and
    tw1_2026; None is a blank."""

    number: int = 0
    level: str = ""
    code: str = ""
    parent: str = ""
    name: str = ""
    outcome: str = ""
    indicator: str = ""
    measure: str = ""
    method: str = ""
    accumulation: str = ""
    formula: str = ""
    source: str = ""
    evidence_wanted: str = ""
    owner: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    baseline: Decimal | None = None
    score_scale: str = ""

    def figure(self, kind: str, year: int) -> Decimal | None:
        return getattr(self, f"{kind}_{year}", None)

    def quarters(self, year: int) -> list[Decimal | None]:
        return [self.figure(f"tw{quarter}", year) for quarter in range(1, 5)]


class TextWidget(Widget):
    """Clean text, no longer than its column in the database; whatever it begins with, it stays text."""

    def __init__(self, longest: int | None = None, required: bool = False, paragraphs: bool = False):
        super().__init__()
        self.longest, self.required, self.paragraphs = longest, required, paragraphs

    def clean(self, value, row=None, **kwargs):
        text = CONTROL.sub("", format(value, "f") if isinstance(value, Decimal) else str(value))
        lines = [" ".join(line.split()) for line in text.split("\n")]
        text = ("\n" if self.paragraphs else " ").join(filter(None, lines))
        if self.required and not text:
            raise ValueError("Kolom ini wajib diisi.")
        if self.longest and len(text) > self.longest:
            raise ValueError(f"Terlalu panjang: {len(text)} huruf, paling banyak {self.longest}.")
        return text


class CodeWidget(TextWidget):
    def clean(self, value, row=None, **kwargs):
        return super().clean(value, row, **kwargs).replace(" ", "").rstrip(".")


CODE, TEXT = CodeWidget(), TextWidget()


class ChoiceWidget(Widget):
    def __init__(self, values: dict[str, str], required: bool = False):
        super().__init__()
        self.values, self.required = values, required

    def clean(self, value, row=None, **kwargs):
        found = self.values.get(plain_heading(value), "")
        if not found and (self.required or str(value).strip()):
            raise ValueError(f"Pilih salah satu: {', '.join(dict.fromkeys(self.values.values()))}.")
        return found


class OwnerWidget(Widget):
    """A person of the unit by user name or NIP."""

    def __init__(self, people: dict[str, int]):
        super().__init__()
        self.people = people

    def clean(self, value, row=None, **kwargs):
        key = "".join(str(value).split()).lower()
        if key and key not in self.people:
            raise ValueError(
                "Tidak ada pegawai unit ini dengan NIP atau nama pengguna itu. Tulis NIP sebagai teks, 18 angka."
            )
        return self.people.get(key)


class ScaleWidget(TextWidget):
    """Word → score, as `numbers.parse_scores` reads it."""

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value, row, **kwargs)
        parse_scores(text)
        return text


class NumberWidget(Widget):
    """A target. A lone thousand like 1.157 is read as such where whole things are counted, and said; elsewhere it is asked back.

    A word of the indicator's score scale is its score; `scales` holds the stored ones by code and indicator.
    """

    def __init__(self, remark: Callable[[int, str], None], scales: dict[tuple[str, str], str]):
        super().__init__()
        self.remark, self.scales = remark, scales

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, Decimal):
            return keepable(value)
        word = value.strip().casefold()
        if word and not word[0].isdigit():
            scores = self._scores(row)
            if word in scores:
                return keepable(scores[word])
        try:
            return parse_number(value)
        except AmbiguousNumber as error:
            fraction = value.strip().replace(".", ",")
            if default_accumulation(str(row["measure"])) != Accumulation.SUM:
                raise ValueError(
                    f"Dapat berarti {show_plain(error.value)} atau {fraction}; tulis salah satunya."
                ) from None
            note = f"“{value.strip()}” dengan satuan {row['measure']} dibaca {show_plain(error.value)}; bila maksudnya pecahan, tulis {fraction}."
            self.remark(row["number"], note)
            return error.value

    def _scores(self, row) -> dict[str, Decimal]:
        text = str(row.get("score_scale") or "") or self.scales.get(
            (CODE.clean(row["code"]), TEXT.clean(row["indicator"])), ""
        )
        try:
            return {word.casefold(): score for word, score in parse_scores(text).items()}
        except NumberError:  # said at the scale itself
            return {}


class MoneyWidget(Widget):
    def clean(self, value, row=None, **kwargs):
        amount = keepable(value) if isinstance(value, Decimal) else parse_money(value)
        if amount is not None and (amount < 0 or amount != amount.to_integral_value()):
            raise ValueError("Tulis rupiah penuh, tidak negatif, misalnya 1.500.000.")
        return amount


class PlanResource(resources.Resource):
    """Heading → attribute, widget. The columns of years are added as the file has them."""

    number = Field("number", "number")
    level = Field("level", "level", ChoiceWidget(LEVELS, required=True))
    code = Field("code", "code", CodeWidget(column_length(PlanNode, "code"), required=True))
    parent = Field("parent", "parent", CodeWidget(column_length(PlanNode, "code")))
    name = Field("name", "name", TextWidget(column_length(PlanNode, "name"), required=True))
    outcome = Field("outcome", "outcome", TextWidget(column_length(PlanNode, "outcome")))
    indicator = Field("indicator", "indicator", TextWidget(column_length(Indicator, "name")))
    measure = Field("measure", "measure", TextWidget(column_length(Indicator, "measure")))
    method = Field("method", "method", ChoiceWidget(METHOD_WORDS))
    accumulation = Field("accumulation", "accumulation", ChoiceWidget(ACCUMULATION_WORDS))
    formula = Field("formula", "formula", TextWidget(paragraphs=True))
    source = Field("source", "source", TextWidget(column_length(Indicator, "source")))
    evidence_wanted = Field(
        "evidence_wanted", "evidence_wanted", TextWidget(column_length(Indicator, "evidence_wanted"))
    )
    score_scale = Field("score_scale", "score_scale", ScaleWidget(column_length(Indicator, "score_scale")))

    class Meta:
        instance_loader_class = BaseInstanceLoader
        force_init_instance = True
        skip_diff = True
        use_transactions = False
        using_db = "default"

    def __init__(self, keys: list[str], people: dict[str, int], scales: dict[tuple[str, str], str]):
        super().__init__()
        self.lines: list[PlanLine] = []
        self.remarks: dict[tuple[int, str], None] = {}
        self.fields["owner"] = Field("owner", "owner", OwnerWidget(people))
        for key in keys:
            if key in ("low", "high", "baseline") or key.startswith(("target_", "tw")):
                self.fields[key] = Field(key, key, NumberWidget(self.remark, scales))
            elif key.startswith("pagu_"):
                self.fields[key] = Field(key, key, MoneyWidget())

    def remark(self, number: int, note: str) -> None:
        self.remarks[number, note] = None

    def init_instance(self, row=None) -> PlanLine:
        return PlanLine()

    def save_instance(self, instance, is_create, row, **kwargs):
        self.lines.append(instance)


@dataclass
class PlanReading:
    """What a file says: its good lines, its wrong cells, the codes that occur at all, the codes of lines that couldn't be read, and
    whether there are lines whose very code couldn't be read."""

    lines: list[PlanLine]
    wrong: list[WrongPlanCell]
    remarks: list[str] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    codeless: bool = False


def read_lines(
    rows: list[dict], layout: PlanLayout, people: dict[str, int], scales: dict[tuple[str, str], str]
) -> PlanReading:
    """The rows through the resource; wrong cells by their address in the file."""
    keys = list(dict.fromkeys(["number", *BASIC, *(key for row in rows for key in row)]))
    table = tablib.Dataset(*([row.get(key, "") for key in keys] for row in rows), headers=keys)
    resource = PlanResource(keys, people, scales)
    result = resource.import_data(table)
    for failed in result.error_rows:
        raise failed.errors[0].error
    wrong, unsure, codeless = [], set(), False
    for invalid in result.invalid_rows:
        row = rows[invalid.number - 1]
        unsure.add(CODE.clean(row.get("code", "")))
        codeless |= not invalid.error_dict.keys().isdisjoint(
            ("code", "level")
        )  # where no column names it, the code tells the level
        for key, sentences in invalid.error_dict.items():
            wrong.append(
                WrongPlanCell(
                    layout.cell(key, row["number"], row["level"]), str(row.get(key, "")), sentences[0]
                )
            )
    remarks = [f"Baris {number}: {note}" for number, note in resource.remarks]
    return PlanReading(
        resource.lines, wrong, remarks, {CODE.clean(row.get("code", "")) for row in rows}, unsure, codeless
    )
