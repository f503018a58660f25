"""Pagu murni beside pagu perubahan: what a cycle froze of both, in words, with the documents that they rest on."""

from measurement.rules.numbers import show_money

from .calculation import BranchFigures, Sheet

NO_DOCUMENT = "dokumen yang tidak tercatat"


def first_pagu(branch: BranchFigures) -> str:
    """Pagu murni of a branch where the budget changed it; empty where it is the same."""
    return "" if branch.pagu_first == branch.pagu else show_money(branch.pagu_first)


def pagu_notes(sheet: Sheet) -> list[str]:
    """One sentence where the budget was changed anywhere in the tree."""
    if all(branch.pagu_first == branch.pagu for _, branch in sheet.nodes()):
        return []
    first, *changes = sheet.cycle.pagu_documents or [""]
    office, by_what = sheet.office, "; ".join(changes) or NO_DOCUMENT
    return [
        f"Pagu murni {show_money(office.pagu_first)} menurut {first or NO_DOCUMENT}; pagu perubahan {show_money(office.pagu)} menurut {by_what}. "
        "Serapan dihitung terhadap pagu perubahan."
    ]
