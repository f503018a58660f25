"""The lines of the plan's table, and the django-import-export resource that reads them into plain objects. No row touches the database here."""

from dataclasses import dataclass, field
from decimal import Decimal

import tablib
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader

from measurement.models import Indicator, PlanNode, SubUnit, column_length
from measurement.rules.periods import Frequency
from measurement.rules.spans import Span, Spans, number_of, span_of

from .cells import (
    ACCUMULATION_WORDS,
    CODE,
    LEVELS,
    METHOD_WORDS,
    ChoiceWidget,
    CodeWidget,
    MoneyWidget,
    NumberWidget,
    OwnerWidget,
    ScaleWidget,
    ScheduleWidget,
    TextWidget,
    WeightWidget,
    Words,
)
from .columns import PlanLayout, WrongPlanCell
from .heading_keys import is_of_period
from .keys import NodeKey

NO_CODE = "Kode ini bukan kode program (7.01.02), kegiatan (7.01.02.2.01), atau sub kegiatan (7.01.02.2.01.0001), dan bukan kode sasaran (S1)."
BASIC = ("level", "code", "name", "indicator", "measure")


@dataclass
class PlanLine:
    """One line of the file: a branch and, unless `indicator` is blank, an indicator on it. Figures are attributes like target_2026, pagu_2026,
    tw1_2026 and kas1_2026; None is a blank. The schedule "" is one of every period."""

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
    schedule: str | None = None
    weight: Decimal | None = None
    formula: str = ""
    source: str = ""
    evidence_wanted: str = ""
    owner: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    baseline: Decimal | None = None
    score_scale: str = ""
    sub_unit: str = ""
    sub_unit_code: str = ""
    account: str = ""
    follows: str = ""

    @property
    def key(self) -> NodeKey:
        """The branch that the line is about."""
        return NodeKey(self.code, self.sub_unit)

    def figure(self, kind: str, year: int) -> Decimal | None:
        return number_of(getattr(self, f"{kind}_{year}", None))

    def span(self, kind: str, year: int) -> Span | None:
        """What was written as a span, like 80–90."""
        return span_of(getattr(self, f"{kind}_{year}", None))

    def spans(self, frequency: Frequency, year: int) -> Spans:
        """Those of the year's periods in order."""
        return [self.span(period.key, year) for period in frequency.periods]

    def of_periods(self, frequency: Frequency, year: int) -> list[Decimal | None]:
        """The targets of the year's periods in order."""
        return [self.figure(period.key, year) for period in frequency.periods]

    def cash(self, year: int) -> list[Decimal | None]:
        """Anggaran kas by quarter."""
        return [self.figure(f"kas{quarter}", year) for quarter in range(1, 5)]


class PlanResource(resources.Resource):
    """Heading → attribute, widget. The columns of years are added as the file has them."""

    number = Field("number", "number")
    level = Field("level", "level", ChoiceWidget(LEVELS, required=True))
    code = Field("code", "code", CodeWidget(column_length(PlanNode, "code"), required=True))
    parent = Field("parent", "parent", CodeWidget(column_length(PlanNode, "code")))
    name = Field("name", "name", TextWidget(column_length(PlanNode, "name"), required=True))
    sub_unit = Field("sub_unit", "sub_unit", TextWidget())
    sub_unit_code = Field("sub_unit_code", "sub_unit_code", CodeWidget(column_length(SubUnit, "code")))
    account = Field("account", "account", TextWidget())
    follows = Field("follows", "follows", TextWidget(paragraphs=True))
    outcome = Field("outcome", "outcome", TextWidget(column_length(PlanNode, "outcome")))
    indicator = Field("indicator", "indicator", TextWidget(column_length(Indicator, "name")))
    measure = Field("measure", "measure", TextWidget(column_length(Indicator, "measure")))
    method = Field("method", "method", ChoiceWidget(METHOD_WORDS))
    accumulation = Field("accumulation", "accumulation", ChoiceWidget(ACCUMULATION_WORDS))
    schedule = Field("schedule", "schedule", ScheduleWidget())
    weight = Field("weight", "weight", WeightWidget())
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

    def __init__(self, keys: list[str], layout: PlanLayout, people: dict[str, int], words: Words):
        super().__init__()
        self.lines: list[PlanLine] = []
        self.remarks: dict[tuple[int, str], None] = {}
        self.fields["owner"] = Field("owner", "owner", OwnerWidget(people))
        for key in keys:
            if key in ("low", "high", "baseline") or key.startswith("target_") or is_of_period(key):
                self.fields[key] = Field(key, key, NumberWidget(self.remark, words))
            elif key.startswith(("pagu_", "kas")):
                self.fields[key] = Field(key, key, MoneyWidget(self.remark, layout.scale_of(key)))

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


def _told_once(errors: dict[str, list[str]], layout: PlanLayout) -> dict[str, list[str]]:
    """Where no column names the level it is the code's, and so is what is wrong with it."""
    if "level" not in errors or "level" in layout.columns:
        return errors
    others = {key: sentences for key, sentences in errors.items() if key != "level"}
    return others if "code" in others else {**others, "level": [NO_CODE]}


def read_lines(rows: list[dict], layout: PlanLayout, people: dict[str, int], words: Words) -> PlanReading:
    """The rows through the resource; wrong cells by their address in the file."""
    keys = list(dict.fromkeys(["number", *BASIC, *(key for row in rows for key in row)]))
    table = tablib.Dataset(*([row.get(key, "") for key in keys] for row in rows), headers=keys)
    resource = PlanResource(keys, layout, people, words)
    result = resource.import_data(table)
    for failed in result.error_rows:
        raise failed.errors[0].error
    wrong, unsure, codeless = [], set(), False
    for invalid in result.invalid_rows:
        row = rows[invalid.number - 1]
        unsure.add(CODE.clean(row.get("code", "")))
        # where no column names it, the code tells the level
        codeless |= not invalid.error_dict.keys().isdisjoint(("code", "level"))
        for key, sentences in _told_once(invalid.error_dict, layout).items():
            told = row.get("code" if sentences[0] == NO_CODE else key, "")
            wrong.append(
                WrongPlanCell(layout.cell(key, row["number"], row["level"]), str(told), sentences[0])
            )
    remarks = [f"Baris {number}: {note}" for number, note in resource.remarks]
    return PlanReading(
        resource.lines, wrong, remarks, {CODE.clean(row.get("code", "")) for row in rows}, unsure, codeless
    )
