"""One line of the recap: a branch, or the whole office, with its figures as ready strings. The same on pages, papers and in the form."""

from typing import Any

from measurement.models import Level
from measurement.rules.formulas import Mean
from measurement.rules.numbers import show_money, show_percent

from .calculation import BranchFigures, NodeFigures
from .opening_notes import money_sign, signed

BELOW: dict[str | None, str] = {
    None: "sasaran",
    Level.SASARAN: "program",
    Level.PROGRAM: "kegiatan",
    Level.KEGIATAN: "sub kegiatan",
    Level.SUB_KEGIATAN: "sub unit",
}

Shown = dict[str, Any]  # ready strings by their name in the templates, and whether something is there at all


def recap_line(branch: BranchFigures) -> Shown:
    """Capaian with what it counted, predicate, money and efficiency; its own indicators stand apart where there is more below it."""
    own = branch.rows and branch.children
    return {
        **(
            heading(branch)
            if isinstance(branch, NodeFigures)
            else {"level": "office", "code": "", "name": "Seluruh perangkat daerah"}
        ),
        **money_words(branch),
        "own": show_percent(branch.own.figure.value) if own else "",
        "own_counted": counted_words(branch.own, "indikator") if own else "",
        "capaian": show_percent(branch.capaian.figure.value),
        "counted": counted_words(branch.capaian, _counted_unit(branch)),
        "predicate": branch.predicate or "–",
        "efficiency": str(branch.efficiency or "–").capitalize(),
    }


def _counted_unit(branch: BranchFigures) -> str:
    """What the capaian of a branch is the mean of."""
    if branch.capaian is not branch.own:
        return BELOW[branch.node.level if branch.node else None]
    return "indikator sendiri" if branch.children else "indikator"


def heading(branch: NodeFigures) -> Shown:
    """A branch by level, code and name; a sub kegiatan also by who answers for its money."""
    node = branch.node
    owner = node.owner if node.carries_money else None
    return {
        "level": node.level,
        "level_label": node.get_level_display(),
        "code": node.code,
        "name": node.name,
        "person": str(owner.pk) if owner else "",
        "owner": owner.name if owner else "",
    }


def money_words(branch: BranchFigures) -> Shown:
    """Pagu and realisasi; for a parent, the sums. `overspent` is the stated reason where realisasi is above the pagu."""
    return {
        "has_money": bool(branch.pagu or branch.spent_to_date),
        "pagu": show_money(branch.pagu),
        "spent": show_money(branch.spent),
        "spent_to_date": signed(show_money(branch.spent_to_date), money_sign(branch)),
        "serapan": show_percent(branch.serapan.value),
        "overspent": branch.node.overspend_reason if branch.node else "",
    }


def counted_words(part: Mean, unit: str) -> str:
    """ "3 dari 4 indikator dihitung (1 belum diisi)": a mean always says what it counted and why the rest was left out."""
    if not part.total:
        return f"tidak ada {unit}"
    reasons = ", ".join(f"{count} {gap}" for gap, count in part.left_out.items())
    return f"{part.counted} dari {part.total} {unit} dihitung" + (f" ({reasons})" if reasons else "")
