"""The recap as ready strings: its table line by line, and the figures on top of it."""

from django.template.defaultfilters import capfirst

from measurement.addresses import reverse
from measurement.figures.calculation import BranchFigures, Sheet
from measurement.figures.recap import efficiency_word, recap_line
from measurement.figures.sub_units import with_sums
from measurement.models import Level
from measurement.rules.figure import Gap
from measurement.rules.numbers import show_money, show_percent
from measurement.rules.office_rules import cap_words, efficiency_words

from ..bars import bar_width, is_beyond_bar
from ..worksheet.worksheet_lines import branch_url

# what stands in place of the office's figures while too few rows were sent
WITHHELD = {"capaian": Gap.TOO_FEW_SENT.value, "predicate": "–", "efficiency": "–", "bar": ""}


def recap_lines(sheet: Sheet) -> list[dict]:
    """The recap as table rows: every branch with its figures, the office last."""
    lines = [
        _recap_line(depth, branch) | {"working": branch_url(branch)}
        for depth, branch in with_sums(sheet.office)
    ]
    office = _recap_line(0, sheet.office) | {"working": reverse("office_working", args=[sheet.cycle.pk])}
    return [*lines, office if sheet.sent.is_enough else office | WITHHELD]


def _recap_line(depth: int, branch: BranchFigures) -> dict:
    node, words = branch.node, recap_line(branch)
    return words | {
        "beside_label": capfirst(words["beside_name"]),
        **({"name": node.read_name} if node else {}),
        "bar_cut": is_beyond_bar(branch.capaian.figure),
        "level": "total" if node is None else "sub" if node.level == Level.SUB_KEGIATAN else node.level,
        "depth": depth,
        "is_part": bool(node and node.sub_unit),
        "bar": bar_width(branch.capaian.figure)
        if node is None or node.level in (Level.SASARAN, Level.PROGRAM)
        else None,
    }


def recap_headline(sheet: Sheet) -> list[dict]:
    """The figures on top of recap and decision."""
    office, rules = sheet.office, sheet.cycle.rules
    every = [figures.counted for figures in sheet.rows.values()]
    computed = sum(figure.value is not None for figure in every)
    enough, sent = sheet.sent.is_enough, sheet.sent
    found = [
        {
            "label": "Capaian perangkat daerah",
            "value": show_percent(office.capaian.figure.value) if enough else sent.too_few_words,
            "remark": "; ".join(
                filter(None, (sheet.told_predicate(office), sent.left_words if enough else ""))
            ),
        },
        {
            "label": "Serapan anggaran",
            "value": show_percent(office.serapan.value),
            "remark": f"{show_money(office.spent_to_date)} dari {show_money(office.pagu)}",
        },
        {
            "label": "Efisiensi",
            "value": efficiency_word(office) if enough else "–",
            "remark": "",
            "rule": efficiency_words(rules) if office.efficiency else "",
        },
        {
            "label": "Indikator dihitung",
            "value": f"{computed} dari {len(every)}",
            "remark": f"dari indikator naik ke sasaran, {cap_words(rules)}",
        },
    ]
    return [{"rule": ""} | figure for figure in found]
