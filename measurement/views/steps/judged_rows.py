"""The rows of the evaluation: which are shown, in which order and pieces, what stands on each, and one of them alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import groupby

from measurement.doors.assigning import judges
from measurement.figures.calculation import Sheet
from measurement.figures.rows import RowFigures
from measurement.figures.second_looks import LOOK_WORDS, Look, lacks_evidence
from measurement.models import Level, Person, WorksheetNode, WorksheetRow
from measurement.record.rounds import RoundDifference
from measurement.rules.requirements import is_said
from measurement.rules.sop import RowState

SENT, RETURNED = RowState.TERKIRIM, RowState.DIKEMBALIKAN
NO_REASON = "Tuliskan alasannya, paling sedikit 10 huruf."
UNUSED_REASON = (
    "Alasan ini hanya disimpan bila baris dikembalikan. Pilih Kembalikan, atau kosongkan alasannya."
)
FIRST = "dahulu"  # the piece that stands before those of the plan
BY_DEFAULT = "belum"
# Key → label, and what is said where it shows no row. Those of the looks stand between.
FILTERS = {
    "belum": ("Belum dinilai", "Semua baris yang terkirim sudah dinilai."),
    "bagian-saya": ("Bagian saya", "Tidak ada baris bagian Anda yang menunggu penilaian."),
    "perhatian": ("Perlu perhatian", "Tidak ada baris yang perlu perhatian."),
    **{look.value: (words[0], "Tidak ada baris seperti itu yang menunggu penilaian.") for look, words in LOOK_WORDS.items()},
    "berubah": ("Berubah", "Tidak ada baris yang berubah sejak putaran sebelumnya."),
    "dikirim-ulang": ("Dikirim ulang", "Tidak ada baris yang dikirim ulang dan belum dinilai."),
    "dikembalikan": ("Dikembalikan", "Tidak ada baris yang sedang dilengkapi."),
    "belum-waktunya": ("Belum waktunya", "Semua indikator diukur pada periode ini."),
    "semua": ("Semua", "Tidak ada baris yang dinilai pada siklus ini."),
}  # fmt: skip
ALWAYS = ("belum", "semua")


@dataclass
class Judged:
    """What a page of the evaluation is about: the sheet, who looks at it, and what is known of its rows."""

    sheet: Sheet
    judge: Person
    looks: dict[int, list[Look]]
    differences: list[RoundDifference]
    judgeable: set[int]
    changed: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.changed = {item.row_id for item in self.differences if item.row_id}

    def found(self) -> dict[str, set[int]]:
        """Filter → the rows that it shows."""
        tests: dict[str, Callable[[WorksheetRow], bool]] = {
            "belum": lambda row: row.state == SENT,
            "bagian-saya": lambda row: row.state == SENT and row.examiner_id == self.judge.pk,
            "perhatian": self._needs_a_look,
            **{look.value: partial(self._has, look) for look in Look},
            "berubah": lambda row: row.pk in self.changed,
            "dikirim-ulang": lambda row: row.state == SENT and bool(row.reply),
            "dikembalikan": lambda row: row.state == RETURNED,
            "belum-waktunya": lambda row: not row.is_due,
            "semua": lambda row: True,
        }
        rows = [figures.row for figures in self.sheet.rows.values()]
        return {key: {row.pk for row in rows if tests[key](row)} for key in FILTERS}

    def _has(self, look: Look, row: WorksheetRow) -> bool:
        return look in self.looks.get(row.pk, ())

    @cached_property
    def _team(self) -> set[int]:
        return {one.pk for one in judges(self.sheet.cycle)}

    def _has_colleague_for(self, row: WorksheetRow) -> bool:
        """Whether somebody else of Tim SAKIP could judge a row of the judge's own, and does not do so already."""
        others = self._team - {self.judge.pk, row.owner_id}
        return bool(others) and row.examiner_id not in others

    def _needs_a_look(self, row: WorksheetRow) -> bool:
        """Returned, or waiting for its verdict and changed since the last round or with a reason to look at it by itself."""
        waits = row.state == SENT and (row.pk in self.changed or row.pk in self.looks)
        return row.state == RETURNED or waits

    def stands_first(self, figures: RowFigures) -> bool:
        """Whether it is looked at before the others: below its target, or with a reason to look at it by itself."""
        return figures.row.state == SENT and (figures.capaian.is_missed or figures.row.pk in self.looks)

    def order(self) -> list[int]:
        """All rows as they are to be judged: what stands first, below target without evidence before the rest; then in the order of the plan."""
        all_rows = list(self.sheet.rows.values())
        first = [figures for figures in all_rows if self.stands_first(figures)]
        first.sort(key=lambda figures: (not lacks_evidence(figures), not figures.capaian.is_missed))
        ahead = [figures.row.pk for figures in first]
        return [*ahead, *(pk for pk in self.sheet.rows if pk not in set(ahead))]

    def add_verdict(self, row: dict, posted, chosen: str) -> None:
        """What stands on a row beside its figures."""
        key, pk = row["key"], int(row["key"])
        figures = self.sheet.rows[pk]
        looks = self.looks.get(pk, [])
        verdict, reason = posted.get(f"verdict-{key}", ""), posted.get(f"reason-{key}", "")
        row |= {
            "judgeable": pk in self.judgeable,
            "verdict": verdict,
            "typed_reason": reason,
            "reason_problem": reason_problem(verdict, reason),
            "differences": [item for item in self.differences if item.row_id == pk],
            # all definitions of a sheet would make the page heavier than everything else on it; they stand beside the working
            "facts": [],
            "looks": [LOOK_WORDS[look][1] for look in looks if look != Look.OWN],
            "own": Look.OWN in looks,
            "may_offer": Look.OWN in looks and self._has_colleague_for(figures.row),
            "missed": figures.capaian.is_missed,
            "examiner": figures.row.examiner.name if figures.row.examiner else "",
            "is_mine": figures.row.examiner_id == self.judge.pk,
            "options": options(row["state"]["key"]),
            "verdict_name": f"verdict-{key}",
            "legend": f"Penilaian {row['name']}",
            "alone_url": f"?saring={chosen}&baris={key}",
            "place": "",
        }  # fmt: skip


def reason_problem(verdict: str, reason: str) -> str:
    """What is wrong with the reason of a row: missing where it is returned, without use where it is not; "" if it fits."""
    if verdict == "return":
        return "" if is_said(reason) else NO_REASON
    return UNUSED_REASON if reason.strip() else ""


def options(state: str) -> list[dict]:
    """The verdicts that a row takes; one that was accepted can only be returned."""
    accept = {"value": "accept", "label": "Terima", "icon": "check", "look": "good"}
    give_back = {"value": "return", "label": "Kembalikan", "icon": "return-arrow", "look": "warn"}
    return [accept, give_back] if state == SENT else [give_back]


def judged_sections(judged: Judged, groups: list[dict], opened: bool) -> list[dict]:
    """The sheet in closed pieces: what stands first, then one for each sasaran and program with what belongs to it."""
    ahead = {pk for pk, figures in judged.sheet.rows.items() if judged.stands_first(figures)}
    rows = {int(row["key"]): row for group in groups for row in group["rows"]}
    for group in groups:
        for row in group["rows"]:
            if int(row["key"]) in ahead:
                row["place"] = group["code"]
    first = [rows[pk] for pk in judged.order() if pk in ahead and pk in rows]
    found = [_first_section(first, opened)] if first else []
    tops, rest = _tops(judged.sheet), []
    for group in groups:
        kept = [row for row in group["rows"] if int(row["key"]) not in ahead]
        if kept:
            rest.append(group | {"rows": kept})
    for node, inside in groupby(rest, key=lambda group: tops[group["key"]]):
        found.append(_section(node, list(inside), groups, opened))
    return found


def _tops(sheet: Sheet) -> dict[str, WorksheetNode]:
    """Branch → the sasaran or program above it."""
    top, tops = None, {}
    for _, branch in sheet.nodes():
        top = branch.node if top is None or branch.node.level in (Level.SASARAN, Level.PROGRAM) else top
        tops[str(branch.node.pk)] = top
    return tops


def _first_section(rows: list[dict], opened: bool) -> dict:
    missed = sum(row["missed"] for row in rows)
    words = [f"{len(rows)} baris", f"{missed} di bawah target" if missed else ""]
    return {
        "key": FIRST,
        "code": "",
        "name": "Lihat dahulu",
        "words": " · ".join(filter(None, words)),
        "is_open": opened or _is_marked(rows),
        "groups": [{"key": FIRST, "rows": rows}],
    }


def _section(node: WorksheetNode, groups: list[dict], all_groups: list[dict], opened: bool) -> dict:
    rows = [row for group in groups for row in group["rows"]]
    left = sum(row["state"]["key"] == SENT for row in rows)
    own = next((group for group in all_groups if group["key"] == str(node.pk) and group["has_money"]), None)
    words = [
        f"{len(rows)} baris",
        f"{left} belum dinilai" if 0 < left < len(rows) else "",
        f"serapan {own['serapan']}" if own else "",
    ]
    return {
        "key": str(node.pk),
        "code": node.code,
        "name": node.read_name,
        "words": " · ".join(filter(None, words)),
        "is_open": opened or _is_marked(rows),
        "groups": groups,
    }


def _is_marked(rows: Iterable[dict]) -> bool:
    return any(row["verdict"] for row in rows)


def neighbours(order: list[int], shown: set[int], pk: int) -> tuple[int | None, int | None, str]:
    """Before and after a row among those that are shown (the row itself need not be), and which of them it is: "3 dari 41"."""
    place = order.index(pk)
    before = [other for other in order[:place] if other in shown]
    after = [other for other in order[place + 1 :] if other in shown]
    words = f"{len(before) + 1} dari {len(shown)}" if pk in shown else ""
    following = after[0] if after else before[0] if before else None
    return (before[-1] if before else None), following, words
