"""The column "mengikuti": which indicators take their realisasi from others, as a file says it, as it is stored, and as twins are linked.

A cell names the way and then one indicator a line: "jumlah: 7.01.03.2.02.0001 (Sukamaju) # Jumlah sarana". Sub unit and name may be left out where
the code says enough; "-" means that the indicator is typed for itself again.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from measurement.models import Indicator
from measurement.rules.following import FOLLOW_LABELS, FollowRule, circle_from

from .changes import PlanChange
from .columns import PlanLayout, WrongPlanCell, plain_heading
from .keys import IndicatorKey
from .lines import PlanLine
from .merge import Merge

OWN_ENTRY = ("-", "–", "sendiri", "diketik_sendiri")
WAY = re.compile(r"(?P<way>[^\d:;#()]*):(?P<rest>.*)", re.DOTALL)
BETWEEN = re.compile(r"\s*\n\s*|\s*;\s*(?=[\dXxSs])")
REFERENCE = re.compile(r"(?P<code>[\w.]+)\s*(?:\((?P<sub_unit>[^#]*?)\))?\s*(?:#\s*(?P<name>.+))?", re.DOTALL)
WAYS: dict[str, FollowRule] = {
    word: rule for rule in FollowRule for word in (plain_heading(rule), plain_heading(FOLLOW_LABELS[rule]))
}


@dataclass
class Followers:
    """Who follows whom in the merged plan, and what of that a file or a choice changes."""

    merge: Merge
    layout: PlanLayout
    follows: dict[IndicatorKey, tuple[IndicatorKey, ...]] = field(default_factory=dict)
    changed: dict[IndicatorKey, PlanLine | None] = field(default_factory=dict)
    wrong: list[WrongPlanCell] = field(default_factory=list)

    @classmethod
    def of(cls, merge: Merge, layout: PlanLayout) -> "Followers":
        """The links that are stored; asked for only where there are any."""
        found = cls(merge, layout)
        of_id = {indicator.pk: key for key, indicator in merge.stored.indicators.items() if indicator.pk}
        following = [i.pk for i in merge.stored.indicators.values() if i.follow_rule and i.pk]
        links = Indicator.follows.through.objects.filter(from_indicator__in=following) if following else ()
        for link in sorted(links, key=lambda link: link.pk):
            key = of_id[link.from_indicator_id]
            found.follows[key] = (*found.follows.get(key, ()), of_id[link.to_indicator_id])
        return found

    def read(self, lines: Iterable[PlanLine]) -> None:
        """What the cells of the file say; a blank one changes nothing."""
        told = [line for line in lines if line.indicator and line.follows.strip()]
        for line in told:
            try:
                rule, sources = self._understand(line)
            except ValueError as error:
                self._refuse(line, str(error))
            else:
                self.link((line.key, line.indicator), rule, sources, line)
        for line in told:
            if way := circle_from((line.key, line.indicator), self.follows):
                names = " → ".join(f"“{name}” ({key})" for key, name in way)
                self._refuse(line, f"Melingkar: {names}. Satu di antaranya harus diketik sendiri.")

    def link(
        self,
        key: IndicatorKey,
        rule: FollowRule | None,
        sources: tuple[IndicatorKey, ...],
        line: PlanLine | None = None,
    ) -> None:
        """Let an indicator follow others from now on, or none; told where that changes anything."""
        indicator = self.merge.stored.indicators[key]
        before = self.shown(key)
        if (indicator.follow_rule, set(self.follows.get(key, ()))) == (rule or "", set(sources)):
            return
        indicator.follow_rule, self.follows[key] = rule or "", sources
        self.changed[key] = line
        if indicator.pk and key not in self.merge.indicators:
            indicator.version += 1
        self.merge.indicators[key] = indicator
        if indicator.pk:
            self.merge.changed.append(
                PlanChange(
                    line.number if line else 0, str(key[0]), key[1], "mengikuti", before, self.shown(key)
                )
            )

    def shown(self, key: IndicatorKey) -> str:
        rule = self.merge.stored.indicators[key].follow_rule
        sources = ", ".join(f"“{name}” ({source})" for source, name in self.follows.get(key, ()))
        return f"{FOLLOW_LABELS[rule]} {sources}" if rule else "–"

    def remarks(self) -> Iterator[str]:
        """Indicators that follow one which is used no more."""
        for key, sources in self.follows.items():
            for source in sources:
                if self.merge.stored.indicators[source].retired:
                    yield f"“{source[1]}” ({source[0]}) tidak dipakai lagi, tetapi diikuti oleh “{key[1]}” ({key[0]})."

    def write(self) -> None:
        """The links of what changed, anew; once the indicators themselves are stored."""
        indicators, through = self.merge.stored.indicators, Indicator.follows.through
        through.objects.filter(from_indicator__in=[indicators[key].pk for key in self.changed]).delete()
        through.objects.bulk_create(
            through(from_indicator_id=indicators[key].pk, to_indicator_id=indicators[source].pk)
            for key in self.changed
            for source in self.follows[key]
        )

    def _refuse(self, line: PlanLine, sentence: str) -> None:
        cell = self.layout.cell("follows", line.number, line.level)
        self.wrong.append(WrongPlanCell(cell, line.follows, sentence))

    def _understand(self, line: PlanLine) -> tuple[FollowRule | None, tuple[IndicatorKey, ...]]:
        """ValueError with a sentence for what names no way or no indicator of this plan."""
        text = line.follows.strip()
        if text in OWN_ENTRY or plain_heading(text) in OWN_ENTRY:
            return None, ()
        way, said = WAY.fullmatch(text), text
        if way:
            said = way["rest"].strip()
        sources = tuple(
            dict.fromkeys(found for part in BETWEEN.split(said) if part for found in self._find(part, line))
        )
        rule = self._rule(way["way"] if way else "", len(sources))
        return rule, sources

    def _rule(self, way: str, count: int) -> FollowRule:
        if not way.strip():
            return FollowRule.SAME if count == 1 else FollowRule.SUM
        rule = WAYS.get(plain_heading(way))
        if rule is None:
            raise ValueError(
                "Tulis sama, jumlah, atau rata-rata, lalu titik dua dan kode indikator yang diikuti."
            )
        if rule == FollowRule.SAME and count > 1:
            raise ValueError(
                f"“Sama” hanya untuk satu indikator, tetapi yang diikuti ada {count}; tulis jumlah atau rata-rata."
            )
        return rule

    def _find(self, text: str, line: PlanLine) -> list[IndicatorKey]:
        """The indicator that is meant; with a code that several sub units share, that of each."""
        told = REFERENCE.fullmatch(text.strip())
        if told is None:
            raise ValueError(f"“{text}” bukan kode indikator; tulis kode # nama indikator.")
        code, sub_unit = told["code"].rstrip("."), plain_heading(told["sub_unit"] or "")
        there = [
            key
            for key, indicator in self.merge.stored.indicators.items()
            if key[0].code == code
            and not indicator.retired
            and key != (line.key, line.indicator)
            and sub_unit in ("", plain_heading(key[0].sub_unit))
        ]
        name = " ".join((told["name"] or "").split())
        found = [key for key in there if key[1] == name] if name else self._likely(there, line)
        if not found:
            raise ValueError(f"Tidak ada indikator “{text.strip()}” pada rencana ini yang dapat diikuti.")
        if len({key[0] for key in found}) < len(found):
            raise ValueError(f"Kode {code} mempunyai beberapa indikator; tulis kode # nama indikatornya.")
        return found

    def _likely(self, there: list[IndicatorKey], line: PlanLine) -> list[IndicatorKey]:
        """Where no name is given: those with the follower's own name, else whatever is there."""
        return [key for key in there if key[1] == line.indicator] or there


def follow_cell(indicator: Indicator) -> str:
    """What an indicator follows, as the file says it."""
    if not indicator.follow_rule:
        return ""
    return f"{indicator.follow_rule}: " + "\n".join(
        f"{source.node.place} # {source.name}" for source in indicator.follows.all()
    )
