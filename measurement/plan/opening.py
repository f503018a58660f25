"""Data awal as they are entered: the lines that take them, how a typed value is read, and what a set would change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from measurement.models import Indicator, Level, OpeningFigure, OpeningSet, Pagu, Plan, PlanNode, column_label
from measurement.record.opening import (
    INDICATOR,
    MONEY,
    Thing,
    in_force_among,
    lines_of,
    opening_places,
    thing_of,
)
from measurement.rules.numbers import (
    NumberError,
    parse_money,
    parse_number,
    show_money,
    show_plain,
    show_rupiah,
    show_short,
)
from measurement.rules.opening import Place
from measurement.rules.row_fields import ROW_VALUES

Values = Mapping[str, Decimal | None]
PARTS = tuple(field.key for field in ROW_VALUES if field.is_part)
WHOLE = tuple(field.key for field in ROW_VALUES if not field.is_part)
NOT_NEGATIVE = {"spent", *(field.key for field in ROW_VALUES if not field.may_be_negative)}
HALF_A_RATIO = "Isi pembilang dan penyebutnya, atau kosongkan keduanya."
NO_CASES = "Penyebut 0 hanya dengan pembilang 0."


@dataclass(frozen=True)
class OpeningLine:
    """What data awal are asked for: an indicator's realisasi, or the money of a sub kegiatan."""

    branch: PlanNode
    indicator: Indicator | None = None

    @property
    def thing(self) -> Thing:
        return (INDICATOR, self.indicator.pk) if self.indicator else (MONEY, self.branch.pk)

    @property
    def key(self) -> str:
        return "-".join(map(str, self.thing))

    @property
    def name(self) -> str:
        return self.indicator.name if self.indicator else "Realisasi anggaran"

    @property
    def fields(self) -> tuple[str, ...]:
        """The values that this line asks for: money, a ratio's parts, otherwise the realisasi."""
        if self.indicator is None:
            return ("spent",)
        return PARTS if self.indicator.is_ratio else WHOLE

    @property
    def scores(self) -> dict[str, Decimal]:
        return self.indicator.scores if self.indicator else {}

    @property
    def words(self) -> Mapping[str, Decimal]:
        return self.indicator.words if self.indicator else {}

    def read(self, field: str, text: str) -> Decimal | None:
        """What was typed, also a word of the indicator's scale. NumberError with a sentence for what can't be taken."""
        measure = self.indicator.measure if self.indicator and field in WHOLE else None
        value = parse_money(text) if field == "spent" else parse_number(text, measure, self.words)
        if value is not None and self.scores and value not in self.scores.values():
            raise NumberError(f"Pilih salah satu predikat: {', '.join(self.scores)}.")
        if value is not None and value < 0 and field in NOT_NEGATIVE:
            raise NumberError("Angka ini tidak boleh negatif.")
        return value

    def problem(self, values: Values) -> str:
        """What is wrong with the values together; empty where nothing is."""
        if self.indicator is None or not self.indicator.is_ratio:
            return ""
        numerator, denominator = (values[field] for field in PARTS)
        if (numerator is None) != (denominator is None):
            return HALF_A_RATIO
        return NO_CASES if denominator == 0 and numerator else ""

    def typed(self, field: str, value: Decimal | None) -> str:
        """What stands in its input: a predicate as its word, money grouped."""
        if self.indicator is None:
            return show_rupiah(value)
        word = next((word for word, score in self.scores.items() if score == value), "")
        return word or show_plain(value)

    def shown(self, field: str, value: Decimal | None) -> str:
        """A value as people read it; "kosong" where there is none."""
        if value is None:
            return "kosong"
        if self.indicator is None:
            return show_money(value)
        return self.indicator.shown(value) if field in WHOLE else show_short(value)


@dataclass(frozen=True)
class OpeningChange:
    """The new values of one line in one place, all of them."""

    line: OpeningLine
    place: Place
    values: Values


def field_label(field: str) -> str:
    return column_label(OpeningFigure, field).capitalize()


def opening_lines(plan: Plan) -> list[OpeningLine]:
    """In the order of the plan: a sub kegiatan's money before its indicators."""
    return [line for node, indicators in lines_of(plan) for line in _lines_of_branch(node, indicators)]


def _lines_of_branch(node: PlanNode, indicators: list[Indicator]) -> Iterator[OpeningLine]:
    if node.level == Level.SUB_KEGIATAN:
        yield OpeningLine(node)
    for indicator in indicators:
        yield OpeningLine(node, indicator)


class OpeningTable:
    """A set with its lines and places, held against what already holds."""

    def __init__(self, opening: OpeningSet):
        self.opening = opening
        self.lines = opening_lines(opening.plan)
        self.places = opening_places(opening.plan)
        figures = list(
            OpeningFigure.objects.filter(opening__plan=opening.plan_id).select_related(
                "opening", "indicator__node__sub_unit", "node__sub_unit"
            )
        )
        self.in_force = in_force_among(figures)
        self.own = {
            (thing_of(figure), figure.place): figure for figure in figures if figure.opening_id == opening.pk
        }

    def holds(self, line: OpeningLine, place: Place) -> Values:
        """What holds without this set."""
        figure = self.in_force.get((line.thing, place))
        return {field: getattr(figure, field, None) for field in line.fields}

    def stored(self, line: OpeningLine, place: Place) -> Values:
        """What this set says; where it says nothing, what holds."""
        figure = self.own.get((line.thing, place))
        if figure is None:
            return self.holds(line, place)
        return {field: getattr(figure, field) for field in line.fields}

    def own_lines(self) -> list[tuple[Place, OpeningLine, OpeningFigure]]:
        """What this set says, place by place in the order of the plan."""
        known = {line.thing: line for line in self.lines}
        said = [
            (self._named(figure.place), known.get(thing) or _line_of(figure), figure)
            for (thing, _), figure in self.own.items()
        ]
        order = {line.thing: number for number, line in enumerate(self.lines)}
        return sorted(said, key=lambda item: (item[0], order.get(item[1].thing, len(order))))

    @cached_property
    def pagu(self) -> dict[tuple[int, int], Decimal]:
        """(Branch id, year) → its pagu."""
        found = Pagu.objects.filter(node__plan=self.opening.plan_id)
        return {(pagu.node_id, pagu.year): pagu.amount for pagu in found}

    def _named(self, place: Place) -> Place:
        """The same place with the name that it has in the plan's year."""
        return replace(place, frequency=self.opening.plan.frequency_in(place.year))


def _line_of(figure: OpeningFigure) -> OpeningLine:
    """The line of something that the plan no longer uses."""
    if figure.indicator:
        return OpeningLine(figure.indicator.node, figure.indicator)
    if figure.node is None:
        raise ValueError(f"{figure} is about nothing")
    return OpeningLine(figure.node)
