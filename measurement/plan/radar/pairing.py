"""Which line of a document is which indicator of the plan: by code and name, by spelling, by likeness, under another code. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import Enum

from measurement.models import DocumentLine, Level

from .facts import Branch, Facts, IndicatorOfYear

FEW_WORDS = 3
LIKE = 0.8  # from here on two names are taken for the same thing, written differently


class Likeness(Enum):
    SAME = "sama"
    SPELLING = "ejaan"
    SIMILAR = "mirip"
    OTHER_CODE = "kode lain"


@dataclass(frozen=True)
class Pair:
    line: DocumentLine
    indicator: IndicatorOfYear
    likeness: Likeness


@dataclass
class Pairing:
    """The lines that were found in the plan, and those that weren't."""

    pairs: list[Pair] = field(default_factory=list)
    unpaired: list[DocumentLine] = field(default_factory=list)

    def __post_init__(self):
        self.found = {pair.indicator.pk for pair in self.pairs}

    def add(self, line: DocumentLine, indicator: IndicatorOfYear, likeness: Likeness) -> None:
        self.pairs.append(Pair(line, indicator, likeness))
        self.found.add(indicator.pk)


def plain_spelling(text: str) -> str:
    """A text without capitals, signs and superfluous blanks, so that spellings compare; % is the word."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("%", " persen ")
    return " ".join(re.findall(r"[^\W_]+", plain))


def likeness(one: str, other: str) -> float:
    """How alike two spelled texts are, 0 to 1; 0 below the bound, and for texts whose numbers differ ("tahap 1", "tahap 2")."""
    words, others = set(one.split()), set(other.split())
    if min(len(words), len(others)) > FEW_WORDS and 4 * len(words & others) < len(words) + len(others):
        return 0  # less than half of the words in common: spares the slow comparison
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if (
        re.findall(r"\d+", one) != re.findall(r"\d+", other)
        or matcher.real_quick_ratio() < LIKE
        or matcher.quick_ratio() < LIKE
    ):
        return 0
    ratio = matcher.ratio()
    return ratio if ratio >= LIKE else 0


def pair_lines(lines: Iterable[DocumentLine], facts: Facts) -> Pairing:
    """Every line with an indicator against the plan; a line without a code of the nomenclature is found by its name alone."""
    pairing, all_of = (
        Pairing(),
        [indicator for branch in facts.branches.values() for indicator in branch.indicators],
    )
    spellings = {indicator.pk: plain_spelling(indicator.name) for indicator in all_of}

    def candidates(line: DocumentLine) -> list[IndicatorOfYear]:
        if not facts.level_of(line.code):
            return all_of
        branch = facts.branches.get(line.code)
        return branch.indicators if branch else []

    rest = _by_spelling([line for line in lines if line.indicator], candidates, spellings, facts, pairing)
    rest = _by_likeness(rest, candidates, spellings, pairing)
    for line in rest:
        elsewhere = _under_another_code(line, all_of, spellings, facts, pairing)
        if elsewhere:
            pairing.add(line, elsewhere, Likeness.OTHER_CODE)
        else:
            pairing.unpaired.append(line)
    return pairing


def _by_spelling(lines, candidates, spellings, facts: Facts, pairing: Pairing) -> list[DocumentLine]:
    """Names that are the same but for their spelling; the rest is returned. Among several, the one that agrees in most is taken."""
    rest = []
    for line in lines:
        name = plain_spelling(line.indicator)
        same = [indicator for indicator in candidates(line) if spellings[indicator.pk] == name]
        if not same:
            rest.append(line)
            continue
        best = max(same, key=lambda indicator: _agreement(line, indicator, facts.of_indicator(indicator)))
        exact = " ".join(best.name.split()) == " ".join(line.indicator.split())
        pairing.add(line, best, Likeness.SAME if exact else Likeness.SPELLING)
    return rest


def _agreement(line: DocumentLine, indicator: IndicatorOfYear, branch: Branch) -> tuple:
    """What a line without code has in common with one of several indicators of that name; the greater, the better."""
    named = bool(line.name) and plain_spelling(line.name) == plain_spelling(branch.node.name)
    top = line.document.kind == "iku" and branch.level == Level.SASARAN
    return (
        named,
        top,
        line.target == indicator.annual,
        plain_spelling(line.measure) == plain_spelling(indicator.measure),
    )


def _by_likeness(lines, candidates, spellings, pairing: Pairing) -> list[DocumentLine]:
    """Names that are nearly the same, the most alike first, each indicator once; the rest is returned."""
    scored = []
    for position, line in enumerate(lines):
        name = plain_spelling(line.indicator)
        free = (indicator for indicator in candidates(line) if indicator.pk not in pairing.found)
        scored += [
            (score, position, indicator)
            for indicator in free
            if (score := likeness(name, spellings[indicator.pk]))
        ]
    taken = set()
    for _, position, indicator in sorted(scored, key=lambda entry: -entry[0]):
        if position not in taken and indicator.pk not in pairing.found:
            pairing.add(lines[position], indicator, Likeness.SIMILAR)
            taken.add(position)
    return [line for position, line in enumerate(lines) if position not in taken]


def _under_another_code(line, all_of, spellings, facts: Facts, pairing: Pairing) -> IndicatorOfYear | None:
    """The indicator of that name on the same level that no other line spoke of: kegiatan and sub kegiatan often share a name."""
    name, level = plain_spelling(line.indicator), facts.level_of(line.code)
    free = (
        indicator
        for indicator in all_of
        if indicator.pk not in pairing.found and facts.of_indicator(indicator).level == level
    )
    return next((indicator for indicator in free if spellings[indicator.pk] == name), None)
