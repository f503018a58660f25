"""Buku nomor: every number of a year in order and what became of it; and numbers that were used outside the system."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode

from measurement.addresses import reverse
from measurement.doors import voiding
from measurement.forms.papers.voiding import SkipForm
from measurement.models import NumberCounter, Person, Unit
from measurement.papers import KINDS
from measurement.papers.numbering import Number, Series, register
from measurement.rules.dates import local_date
from measurement.rules.numbers import parse_key
from measurement.rules.permissions import may_skip_numbers
from measurement.rules.refusals import Refusal

from ..office.office_choice import office_chips
from ..visitor import PersonRequest
from .voiding import void_url

WITHDRAWN, REPLACED, OUTSIDE, VALID = "Dibatalkan", "Digantikan", "Di luar sistem", "Berlaku"
LOOKS = {WITHDRAWN: "terlambat", REPLACED: "belum", OUTSIDE: "belum", VALID: "diterima"}


def number_register(request: PersonRequest):
    """The kinds of a year with their last numbers, or every number of one kind, with the form for numbers used elsewhere."""
    unit, year, kind = _chosen(request)
    found = {series.kind: series for series in register(unit, year=year)}
    if kind is None:
        return render(request, "papers/number_register.html", _overview(request, unit, year, found))
    series = found.get(kind) or Series(year, kind)
    form, status = None, 200
    if year == timezone.localdate().year and may_skip_numbers.test(request.user, NumberCounter(unit=unit)):
        form = SkipForm(request.POST or None, initial={"seen": series.last})
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        status = _skip(request, unit, kind, form)
        if status == 302:
            return redirect(_address(unit, year, kind))
    context = {
        "unit": unit,
        "year": str(year),
        "series": series,
        "complete": _complete(series),
        "lines": _lines(series, request.user),
        "form": form,
        "back": _address(unit, year),
    }
    return render(request, "papers/number_series.html", context, status=status)


def download_register(request: PersonRequest):
    """The register of a year, one line for each number."""
    from measurement.spreadsheets.register_export import register_as_csv as written  # noqa: PLC0415 – as all files that are written on demand

    unit, year, _ = _chosen(request)
    rows = [_row(series, number) for series in register(unit, year=year) for number in series.numbers]
    response = HttpResponse(written(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="Buku nomor {year}.csv"'
    return response


def _chosen(request: PersonRequest) -> tuple[Unit, int, str | None]:
    """The unit, year and kind that the address names; by default my first unit, this year and all kinds."""
    asked, kind = request.GET.get("unit", ""), request.GET.get("jenis", "")
    unit_id = parse_key(asked) if asked else min(request.user.unit_ids, default=None)
    if unit_id not in request.user.unit_ids or (kind and kind not in KINDS):
        raise Http404
    return (
        request.user.unit(unit_id),
        parse_key(request.GET.get("tahun", "")[:4]) or timezone.localdate().year,
        kind or None,
    )


def _address(unit: Unit, year: int, kind: str = "") -> str:
    return (
        f"{reverse('number_register')}?{urlencode({'unit': str(unit.pk), 'tahun': str(year), 'jenis': kind})}"
    )


def _overview(request: PersonRequest, unit: Unit, year: int, found: dict[str, Series]) -> dict:
    this_year = timezone.localdate().year
    years = sorted(
        {this_year, year, *NumberCounter.objects.filter(unit=unit).values_list("year", flat=True)},
        reverse=True,
    )
    person = request.user
    several = len(person.unit_ids) > 1 and not person.serves_in_many
    return {
        "unit": unit,
        "year": str(year),
        "years": [(str(y), _address(unit, y), y == year) for y in years],
        "units": [
            (person.unit(pk), _address(person.unit(pk), year), pk == unit.pk)
            for pk in (sorted(person.unit_ids) if several else ())
        ],
        "offices": office_chips(request, unit, person.units) if person.serves_in_many else [],
        "kinds": [_kind_line(unit, found.get(kind) or Series(year, kind)) for kind in KINDS],
        "csv": f"{reverse('register_csv')}?{urlencode({'unit': unit.pk, 'tahun': year})}",
    }


def _kind_line(unit: Unit, series: Series) -> dict:
    states = [_state(number)[0] for number in series.numbers]
    return {
        "title": series.title,
        "url": _address(unit, series.year, series.kind),
        "last": str(series.last or ""),
        **{
            name: str(states.count(state) or "")
            for name, state in (("valid", VALID), ("withdrawn", WITHDRAWN), ("outside", OUTSIDE))
        },
        "complete": _complete(series),
    }


def _complete(series: Series) -> dict:
    """Whether every number is accounted for, in words."""
    if series.faults:
        return {"look": "terlambat", "icon": "alert", "words": " ".join(series.faults)}
    if not series.last:
        return {"look": "belum", "icon": "dot-empty", "words": "Belum ada nomor"}
    return {"look": "diterima", "icon": "check", "words": "Tanpa celah"}


def _lines(series: Series, person: Person) -> list[dict]:
    """One line for each number; a stretch that was used outside the system at once is one line."""
    stretches = groupby(
        series.numbers, key=lambda n: n.sequence if n.paper else (n.outside.voided_at, n.outside.reason)
    )
    return [_line(numbers[0], numbers[-1], person) for numbers in (list(stretch) for _, stretch in stretches)]


def _line(number: Number, last: Number, person: Person) -> dict:
    state, why = _state(number)
    paper = number.paper
    stretch = f"{number.sequence}–{last.sequence}" if last != number else str(number.sequence)
    return {
        "number": paper.number if paper else f"Nomor urut {stretch}",
        "date": _date(number),
        "title": paper.title if paper else "",
        "url": reverse("paper", args=[paper.pk]) if paper else "",
        "who": str(paper.issued_by if paper else number.outside.voided_by),
        "state": {"look": LOOKS[state], "label": state},
        "why": why,
        "void_url": void_url(paper, person) if paper else "",
    }


def _date(number: Number) -> str:
    return local_date(number.paper.issued_at if number.paper else number.outside.voided_at)


def _state(number: Number) -> tuple[str, str]:
    """What became of a number, and why."""
    paper, void = number.paper, number.void
    replacement = (
        f"Digantikan oleh {paper.replaced_by.number}." if paper and hasattr(paper, "replaced_by") else ""
    )
    if paper is None:
        return OUTSIDE, number.outside.reason
    if void:
        return WITHDRAWN, " ".join(
            filter(None, [f"{void.reason} ({void.voided_by}, {local_date(void.voided_at)}).", replacement])
        )
    return (REPLACED, replacement) if replacement else (VALID, "")


def _row(series: Series, number: Number) -> list[str]:
    state, why = _state(number)
    paper = number.paper
    who = paper.issued_by if paper else number.outside.voided_by
    return [
        series.title,
        str(number.sequence),
        paper.number if paper else "",
        _date(number),
        paper.title if paper else "",
        str(who),
        state,
        why,
    ]


def _skip(request: PersonRequest, unit: Unit, kind: str, form: SkipForm) -> int:
    """The status of the answer; what can't be done stands in the form."""
    if not form.is_valid():
        return 422
    data = form.cleaned_data
    try:
        skipped = voiding.skip(unit, kind, data["upto"], data["seen"], request.user, data["reason"])
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return refusal.status
    stretch = f"{skipped[0]}–{skipped[-1]}" if len(skipped) > 1 else str(skipped[0])
    messages.success(
        request,
        f"Nomor urut {stretch} tercatat dipakai di luar sistem. Naskah berikutnya mendapat nomor urut {skipped[-1] + 1}.",
    )
    return 302
