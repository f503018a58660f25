"""The consistency radar: where the plan contradicts itself or the office's planning documents, each finding with the place where it is mended.

finding.py      what a finding is, and the kinds of findings
facts.py        plan and documents of one year, loaded with five queries
plan_itself.py  what the plan lacks or contradicts in itself
pairing.py      which line of a document is which indicator of the plan
comparing.py    where a document differs from the plan
money.py        the pagu of a document: against the plan, and up its own tree
"""

from measurement.models import Plan
from measurement.rules.sop import REFERENCE_DOCUMENTS

from .comparing import document_findings
from .facts import Branch, Facts, aim_of, load, short_name
from .finding import KIND_LABELS, Finding, FindingKind, Mend
from .plan_itself import plan_findings

__all__ = [
    "KIND_LABELS",
    "Branch",
    "Facts",
    "Finding",
    "FindingKind",
    "Mend",
    "aim_of",
    "findings",
    "findings_of",
    "load",
    "short_name",
]


def findings(plan: Plan, year: int) -> list[Finding]:
    """Everything that is odd about a plan's year: by kind, the heavier first. Five queries, whatever the size."""
    return findings_of(load(plan, year))


def findings_of(facts: Facts) -> list[Finding]:
    """The same for what was loaded already. One cause is one finding."""
    found = list(plan_findings(facts))
    for document in facts.documents:
        found += document_findings(document, facts)
    there = {document.kind for document in facts.documents}
    found += [_missing(kind, facts.year) for kind in REFERENCE_DOCUMENTS if kind not in there]
    order = {kind: position for position, kind in enumerate(FindingKind)}
    return sorted(found, key=lambda finding: (order[finding.kind], finding.light))


def _missing(kind: str, year: int) -> Finding:
    sentence = f"{REFERENCE_DOCUMENTS[kind]} {year} belum diunggah, jadi belum dibandingkan."
    return Finding(FindingKind.NO_DOCUMENT, sentence, short_name(kind), Mend.document(kind), light=True)
