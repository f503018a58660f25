"""Kabupaten: where each office stands, who is late and since when, capaian beside serapan; comparable offices together, no ranking unless asked for."""

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from urllib.parse import urlencode

from django.shortcuts import render
from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors.governments import may_keep_government
from measurement.doors.order_schedules import may_schedule
from measurement.figures.office_stands import (
    ARCHIVED,
    OfficeStand,
    PeriodOfYear,
    measured_periods,
    office_stands,
)
from measurement.models import Government
from measurement.rules.dates import past_day, until
from measurement.rules.formulas import absorption
from measurement.rules.numbers import show_money, show_percent
from measurement.rules.sop import ACTORS, STEPS
from measurement.rules.sop_edition import NEUTRAL

from ..bars import bar_width, is_beyond_bar
from ..visitor import PersonRequest
from .choice import chosen_government, government_query
from .files import file_orders

SHOWN_PERIODS = 8
RANKED = "capaian"
FILTERS: dict[str, tuple[str, Callable[[OfficeStand], bool]]] = {
    "": ("Semua", lambda stand: True),
    "terlambat": ("Terlambat", lambda stand: stand.is_late),
    "belum": ("Belum diperintahkan", lambda stand: stand.cycle is None),
    **{
        role.value: (f"Giliran {NEUTRAL.holder(role)}", partial(lambda role, stand: stand.turn == role, role))
        for role in ACTORS
    },
    "arsip": ("Diarsipkan", lambda stand: stand.step_number == ARCHIVED),
}
ORDERS: dict[str, tuple[str, Callable[[OfficeStand], tuple]]] = {
    "": ("Terlambat dahulu", lambda stand: (not stand.is_late, stand.step_number, stand.unit.name)),
    "nama": ("Urut nama", lambda stand: (stand.unit.name,)),
    RANKED: ("Urut capaian", lambda stand: _by_capaian(stand)),
}
KEEPERS_PAGES = (
    ("government_posts", "Jabatan"),
    ("new_office", "Kantor baru"),
    ("office_administrators", "Administrator kantor"),
    ("people_of_offices", "Pegawai banyak kantor"),
    ("plans_of_offices", "Rencana banyak kantor"),
    ("holidays_of_offices", "Hari libur semua kantor"),
    ("scale_of_offices", "Skala untuk semua kantor"),
    ("retention_of_offices", "Klasifikasi untuk semua kantor"),
    ("nomenclature_of_offices", "Nomenklatur untuk semua kantor"),
    ("sop_template_page", "Templat SOP"),
    ("prescribed_indicators", "Indikator daerah"),
)
LATE = {"key": "terlambat", "label": "Terlambat"}


def government_page(request: PersonRequest):
    """One period of all offices: the one that the address names, else the newest."""
    government = chosen_government(request)
    periods = measured_periods(government)
    named = request.GET.get("periode", "")
    chosen = next((each for each in periods if each.key == named), next(iter(periods), None))
    stands = office_stands(government, chosen)
    kept = _choices(request, government, chosen)
    context = {
        "government": government,
        "demonstration": any(stand.unit.is_demonstration for stand in stands),
        "chosen": chosen.name if chosen else "",
        "finding": _finding(stands, chosen),
        "figures": _figures(stands),
        "steps": _steps(stands),
        "periods": _period_chips(periods, chosen, kept),
        "filters": _filter_chips(stands, kept),
        "orders": _order_chips(kept),
        "ranked": kept.get("urut") == RANKED,
        "groups": _groups(_filtered(stands, kept), request.user.read_governments, kept),
        "files": file_orders(kept) if chosen and government.pk in request.user.read_governments else [],
        "links": _links(request, government),
    }
    return render(request, "government/government.html", context)


def _choices(request: PersonRequest, government: Government, chosen: PeriodOfYear | None) -> dict[str, str]:
    """What the address chose, as its links keep it."""
    given = {
        "pemerintah": str(government.pk) if "pemerintah" in request.GET else "",
        "periode": chosen.key if chosen and "periode" in request.GET else "",
        "saring": request.GET.get("saring", ""),
        "urut": request.GET.get("urut", ""),
    }
    return {name: value for name, value in given.items() if value}


def _address(kept: dict[str, str], **changed: str) -> str:
    return "?" + urlencode({name: value for name, value in (kept | changed).items() if value})


def _filtered(stands: list[OfficeStand], kept: dict[str, str]) -> list[OfficeStand]:
    _, wanted = FILTERS.get(kept.get("saring", ""), FILTERS[""])
    return [stand for stand in stands if wanted(stand)]


# What stands above


def _finding(stands: list[OfficeStand], chosen: PeriodOfYear | None) -> str:
    """One sentence: how many are done, how many are late, how many have not begun."""
    if chosen is None:
        return "Belum ada pengukuran di kantor mana pun."
    late, begun = sum(stand.is_late for stand in stands), [stand for stand in stands if stand.cycle]
    archived = sum(stand.step_number == ARCHIVED for stand in stands)
    parts = [
        f"{late} dari {len(stands)} kantor melewati batas waktunya"
        if late
        else "Tidak ada kantor yang terlambat",
        f"{archived} sudah mengarsipkan" if archived else "",
        f"{len(stands) - len(begun)} belum diperintahkan" if len(begun) < len(stands) else "",
    ]
    return f"{'; '.join(filter(None, parts))}."


def _figures(stands: list[OfficeStand]) -> list[dict]:
    """Of all offices: serapan is the ratio of the sums; a mean of capaian over offices says nothing and is not given."""
    told = [stand.totals for stand in stands if stand.totals and stand.totals.capaian.value is not None]
    money = [stand.totals for stand in stands if stand.totals]
    pagu = sum((totals.pagu for totals in money), Decimal(0))
    spent = sum((totals.spent or Decimal(0) for totals in money), Decimal(0))
    serapan = absorption(spent, pagu) if pagu else None
    below = sum(not totals.capaian.is_met for totals in told)
    return [
        {
            "label": "Kantor dengan angka",
            "value": f"{len(told)} dari {len(stands)}",
            "note": "cukup baris sudah dikirim",
        },
        {"label": "Di bawah target", "value": str(below), "note": f"dari {len(told)} kantor dengan angka"},
        {
            "label": "Serapan seluruhnya",
            "value": show_percent(serapan.value) if serapan else "–",
            "note": f"{show_money(spent)} dari pagu {show_money(pagu)}" if money else "belum ada pagu",
        },
    ]


def _steps(stands: list[OfficeStand]) -> list[dict]:
    """How many offices are at each step, and how many of them are late."""
    count = Counter(stand.step_number for stand in stands)
    late = Counter(stand.step_number for stand in stands if stand.is_late)
    most = max(count.values(), default=1)
    names = {0: "Belum diperintahkan", ARCHIVED: "Diarsipkan"}
    names |= {step.number: f"{step.number} · {NEUTRAL.say(step.task_title)}" for step in STEPS}
    return [
        {
            "name": names[number],
            "count": str(count[number]),
            "late": str(late[number]) if late[number] else "",
            "width": f"{100 * count[number] / most:.0f}",
            "late_width": f"{100 * late[number] / most:.0f}",
        }
        for number in sorted(names)
        if count[number]
    ]


# Chips


def _chip(label: str, url: str, current: bool) -> dict:
    return {"label": label, "url": url, "current": current}


def _period_chips(
    periods: Sequence[PeriodOfYear], chosen: PeriodOfYear | None, kept: dict[str, str]
) -> list[dict]:
    shown = reversed(periods[:SHOWN_PERIODS])
    return [_chip(each.short, _address(kept, periode=each.key), each == chosen) for each in shown]


def _filter_chips(stands: list[OfficeStand], kept: dict[str, str]) -> list[dict]:
    """Only those that some office answers to, each with how many."""
    chips = []
    for key, (label, wanted) in FILTERS.items():
        number, current = sum(map(wanted, stands)), kept.get("saring", "") == key
        if number or current:
            chips.append(_chip(f"{label} ({number})", _address(kept, saring=key), current))
    return chips


def _order_chips(kept: dict[str, str]) -> list[dict]:
    chosen = _order(kept)
    return [_chip(label, _address(kept, urut=key), key == chosen) for key, (label, _) in ORDERS.items()]


def _order(kept: dict[str, str]) -> str:
    return kept["urut"] if kept.get("urut") in ORDERS else ""


def _links(request: PersonRequest, government: Government) -> list[dict]:
    """What else there is to do here, by what one may."""
    links = []
    if government.pk in request.user.read_governments:
        links.append(("oversight_notes", "Catatan Inspektorat"))
    if may_schedule(request.user, government):
        links.append(("order_schedules", "Perintah bersama"))
    if may_keep_government(request.user, government):
        links += KEEPERS_PAGES
    query = government_query(request, government)
    return [{"label": label, "url": reverse(name) + query} for name, label in links]


# The offices


def _groups(stands: list[OfficeStand], read: frozenset[int], kept: dict[str, str]) -> list[dict]:
    """Comparable offices together, the kinds in their own order."""
    stands = sorted(stands, key=ORDERS[_order(kept)][1])
    kinds = dict.fromkeys(stand.kind for stand in stands)
    return [
        {
            "title": kind.label,
            "offices": [_line(stand, read) for stand in stands if stand.kind == kind],
            "count": str(sum(stand.kind == kind for stand in stands)),
        }
        for kind in sorted(kinds, key=lambda kind: kind.key)
    ]


def _by_capaian(stand: OfficeStand) -> tuple:
    value = stand.totals.capaian.value if stand.totals else None
    return value is None, -(value or 0), stand.unit.name


def _line(stand: OfficeStand, read: frozenset[int]) -> dict:
    """An office as ready strings; only who reads offices is led into its cycle."""
    cycle, is_read = stand.cycle, stand.unit.belongs_to_id in read
    return {
        "name": stand.unit.short_name,
        "full_name": stand.unit.name,
        "url": reverse("cycle", args=[cycle.pk]) if cycle and is_read else "",
        "state": _state(stand),
        "step": str(stand.step_number) if stand.stay else "",
        "turn": _turn(stand),
        **_totals(stand),
    }


def _state(stand: OfficeStand) -> dict:
    if stand.cycle is None:
        return {"key": "belum", "label": "Belum diperintahkan"}
    if stand.step_number == ARCHIVED:
        return {"key": "selesai", "label": "Diarsipkan"}
    return LATE if stand.is_late else {"key": "berjalan", "label": "Berjalan"}


def _turn(stand: OfficeStand) -> str:
    """Whose turn since when, and until when or since when late."""
    if stand.stay is None:
        return f"sejak {past_day(stand.cycle.closed_at)}" if stand.cycle else ""  # type: ignore[attr-defined]  # annotated
    due = stand.stay.due(stand.unit.calendar)
    when = until(due, timezone.now()) if due else f"sejak {past_day(stand.stay.arrived_at)}"
    return f"{stand.unit.sop.holder(stand.stay.sop_step.actor)} · {when}"


def _totals(stand: OfficeStand) -> dict:
    """Capaian and serapan as words and as the widths of their bars."""
    totals = stand.totals
    if totals is None:
        return {"has_figures": False}
    return {
        "has_figures": True,
        "capaian": show_percent(totals.capaian.value) if totals.capaian.value is not None else "",
        "capaian_width": bar_width(totals.capaian),
        "cut": is_beyond_bar(totals.capaian),
        "withheld": "" if totals.sent.is_enough else totals.sent.words,
        "serapan": show_percent(totals.serapan.value),
        "serapan_width": bar_width(totals.serapan),
    }
