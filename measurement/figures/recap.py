"""One line of the recap: a branch, or the whole office, with its figures as ready strings. The same on pages, papers and in the form."""

from typing import Any

from measurement.models import Level
from measurement.rules.formulas import Lead, Mean
from measurement.rules.numbers import show_money, show_percent

from .calculation import BranchFigures, NodeFigures
from .opening_notes import money_sign, signed
from .pagu_notes import first_pagu

BELOW: dict[str | None, str] = {
    None: "sasaran",
    Level.SASARAN: "program",
    Level.PROGRAM: "kegiatan",
    Level.KEGIATAN: "sub kegiatan",
    Level.SUB_KEGIATAN: "sub unit",
}
SPENT_BEFORE = "realisasi periode sebelumnya sudah lebih besar daripada pagu sekarang."

Shown = dict[str, Any]  # ready strings by their name in the templates, and whether something is there at all


def recap_line(branch: BranchFigures) -> Shown:
    """Capaian with what it counted, predicate, money and efficiency; beside it what doesn't lead: its own indicators, or what is below it."""
    beside = beside_mean(branch)
    return {
        **(
            heading(branch)
            if isinstance(branch, NodeFigures)
            else {"level": "office", "code": "", "name": "Seluruh perangkat daerah", "stopped": ""}
        ),
        **money_words(branch),
        "lead": lead_words(branch),
        "beside": show_percent(beside.figure.value) if beside else "",
        "beside_name": beside_name(branch),
        "beside_counted": counted_words(beside, _beside_unit(branch)) if beside else "",
        "capaian": show_percent(branch.capaian.figure.value),
        "counted": counted_words(branch.capaian, _counted_unit(branch)),
        "predicate": branch.predicate or "–",
        "efficiency": efficiency_word(branch),
    }


def beside_mean(branch: BranchFigures) -> Mean | None:
    """The figure that stands beside the one that leads."""
    if branch.capaian is branch.own:
        return branch.to_date.below
    return branch.own if branch.rows else None


def beside_name(branch: BranchFigures) -> str:
    """What that figure is; empty where there is none."""
    if beside_mean(branch) is None:
        return ""
    return below_words(branch) if branch.capaian is branch.own else "indikator sendiri"


def _beside_unit(branch: BranchFigures) -> str:
    return _below(branch) if branch.capaian is branch.own else "indikator"


def below_words(branch: BranchFigures) -> str:
    """ "rata-rata kegiatan di bawahnya"."""
    return f"rata-rata {_below(branch)} di bawahnya"


def _below(branch: BranchFigures) -> str:
    """What is below it; a plan may begin with its programs."""
    levels = {child.node.level for child in branch.children}
    if branch.node is None and levels == {Level.PROGRAM}:
        return BELOW[Level.SASARAN]
    return BELOW[branch.node.level if branch.node else None]


def lead_words(branch: BranchFigures) -> str:
    """Why the capaian of a branch is what it is, where there is a choice: its own indicators, or what is below it."""
    lead = branch.rules.leads.get(branch.node.level, Lead.BELOW) if branch.node else Lead.BELOW
    if not branch.children or not branch.node:
        return ""
    if branch.capaian is branch.own:
        without = "dari indikator sendiri, karena yang di bawahnya tidak dapat dihitung"
        return "indikator sendiri memimpin" if lead == Lead.OWN else without
    return {
        Lead.OWN: f"tanpa indikator sendiri: {below_words(branch)}",
        Lead.WEIGHTED: f"{below_words(branch)} menurut bobot",
    }.get(lead, "")


def efficiency_word(branch: BranchFigures) -> str:
    """The word; of the office also why there is none before the year ends, which need not be said on every line."""
    if branch.efficiency:
        return str(branch.efficiency).capitalize()
    waits = branch.node is None and not branch.ends_year and branch.cash_to_date is None and branch.pagu
    return "Dinilai pada akhir tahun" if waits else "–"


def _counted_unit(branch: BranchFigures) -> str:
    """What the capaian of a branch is the mean of."""
    if branch.capaian is not branch.own:
        return _below(branch)
    return "indikator sendiri" if branch.children else "indikator"


def heading(branch: NodeFigures) -> Shown:
    """A branch by level, code and name; a sub kegiatan also by who answers for its money."""
    node = branch.node
    owner = node.owner if node.carries_money else None
    return {
        "level": node.level,
        "level_label": Level(node.level).label,  # Django makes all its choices anew each time it is asked
        "code": node.code,
        "name": node.name,
        "stopped": node.stopped,
        "person": str(owner.pk) if owner else "",
        "owner": owner.name if owner else "",
    }


def money_words(branch: BranchFigures) -> Shown:
    """Pagu and realisasi; for a parent, the sums. `overspent` is the stated reason where realisasi is above the pagu."""
    return {
        "has_money": bool(branch.pagu or branch.spent_to_date),
        "pagu": show_money(branch.pagu),
        "pagu_first": first_pagu(branch),
        "spent": show_money(branch.spent),
        "spent_to_date": signed(show_money(branch.spent_to_date), money_sign(branch)),
        "serapan": show_percent(branch.serapan.value),
        "overspent": _overspent(branch),
    }


def _overspent(branch: BranchFigures) -> str:
    """Why more was spent than the pagu; where that was done before the period, no reason is asked and it is only said."""
    purse = branch.purse
    if purse is None or purse.overspend_reason:
        return purse.overspend_reason if purse else ""
    return SPENT_BEFORE if purse.spent_before > purse.pagu and not purse.spent else ""


def counted_words(part: Mean, unit: str) -> str:
    """ "3 dari 4 indikator dihitung (1 belum diisi)": a mean always says what it counted and why the rest was left out."""
    if not part.total:
        return f"tidak ada {unit}"
    reasons = ", ".join(f"{count} {gap}" for gap, count in part.left_out.items())
    return f"{part.counted} dari {part.total} {unit} dihitung" + (f" ({reasons})" if reasons else "")
