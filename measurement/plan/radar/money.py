"""The pagu that a document prints: against the plan, and program and kegiatan against the sum of their sub kegiatan. In rupiah.

One cause is told once. Where a document prints the sub kegiatan, its program and kegiatan are only added up: held against the plan they would
repeat what was said below. A sum is no finding of its own where the printed figure is the plan's, since then it is a sub kegiatan that differs.
"""

from collections.abc import Iterator
from decimal import Decimal

from measurement.models import DocumentLine, Level, PlanningDocument
from measurement.rules.numbers import show_money

from .facts import Branch, Facts, title
from .finding import Finding, FindingKind, Mend
from .pairing import likeness, plain_spelling


def money_findings(document: PlanningDocument, lines: list[DocumentLine], facts: Facts) -> Iterator[Finding]:
    printed = _printed(lines, facts)
    subs = {code: amount for code, amount in printed.items() if facts.level_of(code) == Level.SUB_KEGIATAN}
    for code, amount in printed.items():
        branch = facts.branches.get(code)
        below = [money for sub, money in subs.items() if sub.startswith(f"{code}.")]
        if below:
            yield from _adding_up(document, code, amount, sum(below, Decimal(0)), branch)
        elif branch and amount != branch.pagu:
            sentence = f"Pagu {branch.label}: {show_money(amount)} pada {title(document)}, {show_money(branch.pagu)} pada rencana."
            yield Finding(FindingKind.PAGU, sentence, branch.label, Mend.branch(branch.node))


def _printed(lines: list[DocumentLine], facts: Facts) -> dict[str, Decimal]:
    """Code → pagu. A branch with several indicators prints its pagu once, repeats it on each line, or divides it among them."""
    amounts: dict[str, list[Decimal]] = {}
    for line in lines:
        code = line.code or _code_of_name(line, facts)
        if line.pagu is not None and facts.level_of(code):
            amounts.setdefault(code, []).append(line.pagu)
    return {
        code: money[0] if len(set(money)) == 1 else sum(money, Decimal(0)) for code, money in amounts.items()
    }


def _code_of_name(line: DocumentLine, facts: Facts) -> str:
    """A Perjanjian Kinerja prints its programs without code: the branch whose name is most like it."""
    if line.indicator or not line.name or line.pagu is None:
        return ""
    name = plain_spelling(line.name)
    alike = [
        (likeness(name, plain_spelling(branch.node.name)), code) for code, branch in facts.branches.items()
    ]
    score, code = max(alike, default=(0, ""))
    return code if score else ""


def _adding_up(
    document: PlanningDocument, code: str, amount: Decimal, below: Decimal, branch: Branch | None
) -> Iterator[Finding]:
    if amount == below or (branch and amount == branch.pagu):
        return
    name, label = title(document), branch.label if branch else code
    sentence = f"Pagu {label} pada {name} tertulis {show_money(amount)}, tetapi sub kegiatan di bawahnya berjumlah {show_money(below)}."
    yield Finding(FindingKind.ADDING_UP, sentence, f"{name} · {label}", Mend.document(document.kind))
