"""Where a planning document differs from the plan: names, units, targets, and what only one of the two has; its money is in money.py."""

import re
from collections.abc import Iterator
from decimal import Decimal

from measurement.models import DocumentLine, Indicator, Level, Person, PlanningDocument
from measurement.rules.accumulations import total
from measurement.rules.numbers import score_of, show_short
from measurement.rules.spans import span_of

from ..document_cells import span_in
from .facts import Branch, Facts, IndicatorOfYear, aim_of, title
from .finding import IMPORT, Finding, FindingKind, Mend
from .money import money_findings
from .pairing import Likeness, Pair, Pairing, pair_lines, plain_spelling

# The levels that a document should hold completely – if it holds anything of that level. An IKI belongs to one person: none.
EXPECTED = {
    "renstra": frozenset(Level),
    "renja": frozenset(Level),
    "perjakin": frozenset(Level),
    "iku": frozenset({Level.SASARAN}),
    "dpa": frozenset({Level.SUB_KEGIATAN}),
    "iki": frozenset(),
}
TITLES_OF_PEOPLE = {"drs", "dra", "dr", "ir", "h", "hj", "prof"}
NUMBER_OF_PERSON = re.compile(r"[0-9]{18}")
BEHIND_NAME = re.compile(r"[\s/(,;-]*(?:\bnip\b|\bni pppk\b|[0-9]{8} ?[0-9]).*", re.IGNORECASE | re.DOTALL)
LEVEL_WORD = re.compile(r"^(?:program|kegiatan|sub ?kegiatan) ")


def document_findings(document: PlanningDocument, facts: Facts) -> Iterator[Finding]:
    lines = list(document.lines.all())
    pairing = pair_lines(lines, facts)
    for pair in sorted(pairing.pairs, key=lambda pair: pair.line.number):
        yield from _named_otherwise(pair, facts)
        yield from _measured_otherwise(pair, facts)
    yield from _owned_otherwise(pairing, facts)
    yield from _branches(lines, pairing, facts)
    yield from _only_in_document(pairing, facts)
    yield from _only_in_plan(document, lines, pairing, facts)
    yield from money_findings(document, lines, facts)


def place(line: DocumentLine, branch: Branch | None = None) -> str:
    """Renja 2026 baris 12 · Kegiatan 7.01.02.2.01."""
    what = branch.label if branch else line.code
    return f"{title(line.document)} baris {line.number}" + (f" · {what}" if what else "")


def _named_otherwise(pair: Pair, facts: Facts) -> Iterator[Finding]:
    line, branch = pair.line, facts.of_indicator(pair.indicator)
    if pair.likeness == Likeness.SAME:
        return
    if pair.likeness == Likeness.OTHER_CODE:
        sentence = f"Indikator “{line.indicator}” berkode {line.code} pada {title(line.document)}, tetapi {branch.node.code} pada rencana."
    else:
        remark = "; hanya penulisannya yang berbeda" if pair.likeness == Likeness.SPELLING else ""
        sentence = f"Indikator “{line.indicator}” pada {title(line.document)} bernama “{pair.indicator.name}” pada rencana{remark}."
    yield Finding(
        FindingKind.NAME,
        sentence,
        place(line, branch),
        Mend.indicator(pair.indicator),
        light=pair.likeness == Likeness.SPELLING,
    )


def _measured_otherwise(pair: Pair, facts: Facts) -> Iterator[Finding]:
    line, indicator = pair.line, pair.indicator
    where, mend = place(line, facts.of_indicator(indicator)), Mend.indicator(indicator)
    if line.measure and plain_spelling(line.measure) != plain_spelling(indicator.measure):
        sentence = f"Satuan “{indicator.name}”: {line.measure} pada {title(line.document)}, {indicator.measure} pada rencana."
        yield Finding(FindingKind.MEASURE, sentence, where, mend)
    if _aims_otherwise(line, indicator, facts):
        theirs, ours = line.target_text or show_short(line.target), indicator.shown_target(aim_of(indicator))
        sentence = f"Target {facts.year} “{indicator.name}”: {theirs} pada {title(line.document)}, {ours} pada rencana."
        yield Finding(FindingKind.TARGET, sentence, where, mend)


def _aims_otherwise(line: DocumentLine, indicator: IndicatorOfYear, facts: Facts) -> bool:
    """Whether a document prints another target: a word by its score, a range against the range."""
    if span := span_in(line.target_text, line.measure) if line.target is None else None:
        aim = aim_of(indicator)
        ours = span_of(aim) or indicator.span
        return aim is not None and (ours is None or (ours.low, ours.high) != (span.low, span.high))
    printed = score_of(line.target_text, indicator.words) if line.target_text and indicator.words else None
    printed = line.target if printed is None else printed
    return None not in (printed, indicator.annual) and printed not in _targets(indicator, facts)


def _owned_otherwise(pairing: Pairing, facts: Facts) -> Iterator[Finding]:
    """Where a document names people (IKI), and none of those who have the indicator there answers for it in the plan."""
    named: dict[int, list[Pair]] = {}
    for pair in pairing.pairs:
        if pair.line.person:
            named.setdefault(pair.indicator.pk, []).append(pair)
    for pairs in named.values():
        line, indicator = pairs[0].line, pairs[0].indicator
        people = [pair.line.person for pair in pairs]
        owner = indicator.owner
        if owner and not any(_is_named(owner, person) for person in people):
            sentence = f"“{indicator.name}” milik {', '.join(people)} pada {title(line.document)}, {owner.name} pada rencana."
            where = place(line, facts.of_indicator(indicator))
            yield Finding(FindingKind.OTHER_OWNER, sentence, where, Mend.indicator(indicator))


def _is_named(owner: Person, written: str) -> bool:
    """Whether a document means this person: by NIP where it prints one, else by name."""
    numbers = NUMBER_OF_PERSON.findall(re.sub(r"(?<=[0-9]) (?=[0-9])", "", written))
    if numbers and owner.nip:
        return owner.nip in numbers
    return _bare_name(owner.name) == _bare_name(written)


def _bare_name(name: str) -> str:
    """A person's name without degrees behind it, titles before it, and the NIP that some documents write in the same cell."""
    alone = BEHIND_NAME.sub("", name)
    words = [word for word in plain_spelling(alone.partition(",")[0]).split() if word not in TITLES_OF_PEOPLE]
    return " ".join(words)


def _targets(indicator: IndicatorOfYear, facts: Facts) -> set[Decimal | None]:
    """What a document may print: the target, and where sub units share the indicator that of each and the sum of all."""
    annual = [shared.annual for shared in facts.shared_by(indicator)]
    return {*annual, total(annual)}


def _branches(lines: list[DocumentLine], pairing: Pairing, facts: Facts) -> Iterator[Finding]:
    """Branches that have another name under the same code, or whose code the plan doesn't know; each once."""
    moved = {pair.line.code for pair in pairing.pairs if pair.likeness == Likeness.OTHER_CODE}
    telling = [line for line in lines if facts.level_of(line.code) and (line.name or not line.indicator)]
    for line in {line.code: line for line in reversed(telling)}.values():
        branch = facts.branches.get(line.code)
        if branch is None and line.code not in moved:
            what = f"“{line.name}” ({line.code})" if line.name else line.code
            sentence = f"{what} ada pada {title(line.document)}, tetapi kodenya tidak ada pada rencana."
            yield Finding(FindingKind.ONLY_DOCUMENT, sentence, place(line), IMPORT)
        elif branch and line.name and _bare(line.name) != _bare(branch.node.name):
            sentence = f"{branch.label} bernama “{line.name}” pada {title(line.document)}, “{branch.node.name}” pada rencana."
            yield Finding(FindingKind.NAME, sentence, place(line, branch), Mend.branch(branch.node))


def _bare(name: str) -> str:
    """A branch's name as spelled, without the level that some documents write before it."""
    return LEVEL_WORD.sub("", plain_spelling(name))


def _only_in_document(pairing: Pairing, facts: Facts) -> Iterator[Finding]:
    """Indicators that the plan doesn't have; where it lacks their whole branch, the finding about the branch is enough."""
    for line in pairing.unpaired:
        branch = facts.branches.get(line.code)
        if branch or not (facts.level_of(line.code) and line.name):
            sentence = f"Indikator “{line.indicator}” ada pada {title(line.document)}, tetapi tidak ada pada rencana."
            yield Finding(
                FindingKind.ONLY_DOCUMENT,
                sentence,
                place(line, branch),
                Mend.branch(branch.node) if branch else IMPORT,
            )


def _only_in_plan(
    document: PlanningDocument, lines: list[DocumentLine], pairing: Pairing, facts: Facts
) -> Iterator[Finding]:
    """What the document should hold and doesn't: whole branches, or single indicators of a branch that it has."""
    told, indicators = _levels(document, lines, pairing, facts)
    codes = {line.code for line in lines} | {
        facts.of_indicator(pair.indicator).node.code for pair in pairing.pairs
    }
    for branch in facts.branches.values():
        planned = [indicator for indicator in branch.indicators if branch.plans(indicator)]
        absent = [
            indicator
            for indicator in planned
            if pairing.found.isdisjoint(shared.pk for shared in facts.shared_by(indicator))
        ]
        if branch.level in told and branch.node.code not in codes and branch.level != Level.SASARAN:
            if planned or branch.pagu:
                yield _absent(f"“{branch.node.name}”", document, branch)
        elif branch.level in indicators:
            yield from (
                _absent(f"Indikator “{indicator.name}”", document, branch, indicator) for indicator in absent
            )


def _absent(
    what: str, document: PlanningDocument, branch: Branch, indicator: Indicator | None = None
) -> Finding:
    mend = Mend.indicator(indicator) if indicator else Mend.branch(branch.node)
    sentence = f"{what} ada pada rencana, tetapi tidak ada pada {title(document)}."
    return Finding(FindingKind.ONLY_PLAN, sentence, branch.label, mend)


def _levels(
    document: PlanningDocument, lines: list[DocumentLine], pairing: Pairing, facts: Facts
) -> tuple[set[str], set[str]]:
    """The expected levels on which the document has any line, and those among them with indicators: a DPA may have none."""
    expected = EXPECTED[document.kind]
    indicators = {facts.of_indicator(pair.indicator).level for pair in pairing.pairs}
    indicators |= {facts.level_of(line.code) for line in pairing.unpaired}
    if document.kind == "iku" and lines:
        indicators.add(Level.SASARAN)
    return ({facts.level_of(line.code) for line in lines} | indicators) & expected, indicators & expected
