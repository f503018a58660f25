"""What the plan lacks or contradicts in itself: indicators, owners, targets, definitions, periods, pagu."""

from collections.abc import Iterator

from measurement.models import Level, period_fields
from measurement.record.followed import followed_entries
from measurement.rules.accumulations import ACCUMULATIONS, total
from measurement.rules.numbers import show_money, show_short
from measurement.rules.requirements import definition_gaps

from .facts import Branch, Facts, IndicatorOfYear
from .finding import IMPORT, Finding, FindingKind, Mend


def plan_findings(facts: Facts) -> Iterator[Finding]:
    for branch in facts.by_node.values():
        yield from _branch(branch, facts.year)
        for indicator in branch.indicators:
            yield from _owner(indicator, branch)
            yield from _target(indicator, branch, facts.year)
            yield from _definition(indicator, branch)
            yield from _followed(indicator, branch, facts.year)
            yield from _periods(indicator, branch, facts)


def _branch(branch: Branch, year: int) -> Iterator[Finding]:
    if not branch.indicators:
        light = branch.level != Level.SUB_KEGIATAN
        yield Finding(
            FindingKind.NO_INDICATOR,
            f"“{branch.node.name}” tidak mempunyai indikator.",
            branch.label,
            IMPORT,
            light,
        )
    elif branch.level == Level.SUB_KEGIATAN:
        yield from _money_and_target(branch, year)


def _money_and_target(branch: Branch, year: int) -> Iterator[Finding]:
    """Where no indicator has a target at all, that is said of the indicators themselves."""
    given = [indicator.annual for indicator in branch.indicators if indicator.annual is not None]
    mend = Mend.branch(branch.node)
    if branch.pagu and given and not any(given):
        sentence = (
            f"“{branch.node.name}” berpagu {show_money(branch.pagu)} untuk {year}, tetapi semua targetnya 0."
        )
        yield Finding(FindingKind.UNPAIRED, sentence, branch.label, mend, light=True)
    elif not branch.pagu and any(given):
        sentence = f"“{branch.node.name}” mempunyai target {year}, tetapi tidak mempunyai pagu."
        yield Finding(FindingKind.UNPAIRED, sentence, branch.label, mend, light=True)


def _owner(indicator: IndicatorOfYear, branch: Branch) -> Iterator[Finding]:
    if indicator.owner_id is None:
        sentence = f"Indikator “{indicator.name}” belum mempunyai penanggung jawab."
    elif not indicator.owner_serves:
        sentence = f"{indicator.owner}, penanggung jawab indikator “{indicator.name}”, tidak bertugas lagi di unit ini."
    else:
        return
    yield Finding(FindingKind.NO_OWNER, sentence, branch.label, Mend.indicator(indicator))


def _target(indicator: IndicatorOfYear, branch: Branch, year: int) -> Iterator[Finding]:
    """A sub kegiatan with neither pagu nor target is probably not planned in this year."""
    if indicator.annual is not None:
        return
    unplanned = branch.level == Level.SUB_KEGIATAN and not branch.pagu
    sentence = f"Indikator “{indicator.name}” belum mempunyai target {year}" + (
        "; sub kegiatannya juga tanpa pagu, barangkali memang tidak direncanakan." if unplanned else "."
    )
    yield Finding(FindingKind.NO_TARGET, sentence, branch.label, Mend.indicator(indicator), light=unplanned)


def _definition(indicator: IndicatorOfYear, branch: Branch) -> Iterator[Finding]:
    gaps = definition_gaps(indicator)
    if gaps:
        sentence = f"Indikator “{indicator.name}” belum lengkap: {', '.join(gaps)}."
        yield Finding(FindingKind.DEFINITION, sentence, branch.label, Mend.indicator(indicator))


def _followed(indicator: IndicatorOfYear, branch: Branch, year: int) -> Iterator[Finding]:
    """What an indicator follows must be measured in the year; one of several that isn't is no part of it."""
    if not indicator.follow_rule:
        return
    lacking = [entry for entry in followed_entries(indicator, year) if entry["lacks"]]
    for entry in lacking:
        sentence = f"Indikator “{indicator.name}” mengikuti “{entry['name']}” ({entry['place']}), yang {entry['lacks']}."
        light = len(lacking) < len(indicator.follows.all())
        yield Finding(FindingKind.DEFINITION, sentence, branch.label, Mend.indicator(indicator), light=light)


def _periods(indicator: IndicatorOfYear, branch: Branch, facts: Facts) -> Iterator[Finding]:
    """Where periods add up, all together make the year; of a position, the last one is the year. Means and ratios have no such rule."""
    year, frequency = facts.year, facts.frequency
    values = [getattr(indicator, name) for name in period_fields(frequency)]
    accumulation = ACCUMULATIONS[indicator.accumulation]
    if indicator.annual is None or None in values:
        return
    if accumulation.adds_up and total(values) != indicator.annual:
        told = f"target {frequency.all_of_them} {year} berjumlah {show_short(total(values))}"
    elif accumulation.is_position and values[-1] != indicator.annual:
        told = f"target {frequency.periods[-1].name_within} {year} adalah {show_short(values[-1])}"
    else:
        return
    sentence = (
        f"Indikator “{indicator.name}”: {told}, sedangkan target setahun {show_short(indicator.annual)}."
    )
    yield Finding(FindingKind.PERIODS, sentence, branch.label, Mend.indicator(indicator))
