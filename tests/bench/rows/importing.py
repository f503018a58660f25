"""A plan of 10,000 lines from a file into the database, as somebody does it, against a bare bulk insert of the same rows."""

import re

from tests.bench.places import Places
from tests.bench.results import Result, at_most
from tests.bench.sampling import Sample
from tests.bench.visiting import Counter, cpu

LINES, TURNS = 10_000, 3
MOST, MOST_QUERIES = 6, 250
YEARS = range(2031, 2036)
PAGE = "/rencana/impor/"
REDIRECT = 302
SEEN = re.compile(r'name="seen" value="([0-9a-f]+)"')


def plan(places: Places, large: bool) -> list[Result]:
    """Choosing the file and seeing what it would do, then applying it."""
    place = places.copy("S")
    try:
        with place.worker() as worker:
            turns = [worker.ask("rows.importing:once") for _ in range(TURNS + 1)][1:]
    finally:
        places.drop(place)

    def of(value) -> Sample:
        return Sample.of([value(turn) for turn in turns])

    return [
        Result(
            f"{LINES} lines, chosen and applied ÷ bare bulk insert",
            at_most(MOST),
            of(lambda turn: (turn["seen"] + turn["applied"]) / turn["bare"]),
        ),
        Result("applying alone ÷ bare bulk insert", None, of(lambda turn: turn["applied"] / turn["bare"])),
        Result("queries of applying", at_most(MOST_QUERIES), of(lambda turn: turn["queries"])),
        Result("times that the file is read", at_most(1), of(lambda turn: turn["reads"])),
    ]


def lines_of_plan() -> list[list]:
    """Programs with their kegiatan and sub kegiatan, each with an indicator, targets and money of five years."""
    figures = [f"{kind}_{year}" for kind in ("target", "pagu") for year in YEARS]
    headings = ["tingkat", "kode", "nomenklatur", "indikator", "satuan", *figures]
    found: list[list] = []
    for program in range(1, 11):
        code = f"7.01.{program:02}"
        found.append(_line("program", code, money=False))
        for activity in range(1, 11):
            below = f"{code}.2.{activity:02}"
            found.append(_line("kegiatan", below, money=False))
            found += [_line("sub_kegiatan", f"{below}.{sub:04}", money=True) for sub in range(1, 100)]
    return [headings, *found[: LINES - 1]]


def _line(level: str, code: str, money: bool) -> list:
    name = f"Penyelenggaraan urusan pemerintahan bagian {code}"
    indicator = f"Jumlah laporan penyelenggaraan urusan pemerintahan bagian {code}"
    return [
        level,
        code,
        name,
        indicator,
        "Laporan",
        *[12] * len(YEARS),
        *[25_000_000 if money else ""] * len(YEARS),
    ]


def _file() -> bytes:
    import io

    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rencana")
    for line in lines_of_plan():
        sheet.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def once() -> dict[str, float]:
    """One import into an empty plan, ordered on the page and done by a worker, and the same rows once more by bulk inserts; nothing of it stays."""
    from unittest.mock import patch

    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from measurement.models import Person, Plan, Unit
    from measurement.spreadsheets import reading

    plan = Plan.objects.create(
        unit=Unit.objects.get(), name="Rencana uji", start_year=YEARS[0], end_year=YEARS[-1]
    )
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Person.objects.get(username="tim1"))
    upload = SimpleUploadedFile("rencana.xlsx", _file())
    with patch.object(reading, "opened_book", wraps=reading.opened_book) as read:
        begin = cpu()
        page = _done(client, {"plan": plan.pk, "file": upload})
        seen = cpu() - begin
        digest = SEEN.search(page)
        if not digest:
            raise ValueError(f"the file was not understood: {page[:2000]}")
        with Counter() as counted:
            begin = cpu()
            page = _done(client, {"action": "apply", "seen": digest[1]})
            applied = cpu() - begin
        if "Rencana diperbarui" not in page:
            raise ValueError(f"the file was not applied: {page[:2000]}")
    return {
        "seen": seen,
        "applied": applied,
        "queries": counted.count,
        "reads": read.call_count,
        "bare": bare_insert(plan),
    }


def _done(client, posted: dict) -> str:
    """The page to which the order leads once it is done."""
    from tests.support.queue import do_waiting

    order = client.post(PAGE, posted)
    do_waiting()
    page = client.get(order.url, follow=True) if order.status_code == REDIRECT else order
    return page.content.decode()


def bare_insert(plan) -> float:
    """The rows that the import made are taken away and put back by nothing but bulk inserts; then they and their plan go."""
    from django.db import transaction

    from measurement.models import Indicator, Pagu, PlanNode, Target

    def levels() -> dict:
        return {
            PlanNode: PlanNode.objects.filter(plan=plan),
            Indicator: Indicator.objects.filter(node__plan=plan),
            Target: Target.objects.filter(indicator__node__plan=plan),
            Pagu: Pagu.objects.filter(node__plan=plan),
        }

    kept = {model: list(rows.order_by("pk")) for model, rows in levels().items()}
    if len(kept[Indicator]) != LINES - 1 or not kept[Pagu]:
        raise ValueError(f"{len(kept[Indicator])} indicators came of {LINES} lines")
    _delete(levels())
    begin = cpu()
    with transaction.atomic():
        for model, rows in kept.items():
            model.objects.bulk_create(rows)
    used = cpu() - begin
    _delete(levels())
    plan.delete()
    return used


def _delete(rows: dict) -> None:
    """From below; branches point at each other, so theirs go by level."""
    from measurement.models import Level, PlanNode

    for model, found in reversed(rows.items()):
        if model is PlanNode:
            for level in reversed(Level):
                found.filter(level=level)._raw_delete(found.db)
        else:
            model.objects.filter(pk__in=found.values("pk"))._raw_delete(found.db)
