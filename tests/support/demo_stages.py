"""The demonstration office taken further, by a process beside the one that serves it.

Each stage stands on the one before it, from TW II at step 5 to TW III at step 4; `sixty_rows` is for a copy of its own.
"""
# ruff: noqa: E402 – models need django.setup()

import subprocess
import sys
from contextlib import nullcontext

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db.models import F, Q
from django.utils import timezone

from measurement.doors import directive_answers, measuring, workflow
from measurement.doors.measuring import SheetChange
from measurement.management.demo import signing
from measurement.management.demo.signing import sign_papers
from measurement.management.demo.values import RETURN_REASON, RETURNED, measure
from measurement.management.demo.walk import Walk, row_owners
from measurement.management.demo.words import EVALUATION_NOTE, LAST_STEPS, REPLY
from measurement.models import MeasurementCycle, Person, Plan, Unit
from measurement.record.rounds import Arahan
from measurement.rules.sop import OPEN_ROWS, SEND_BACK, Output, RowState
from tests.support.browser import ROOT, Server


def take_to(server: Server, *stages: str) -> None:
    """Move the office that this server serves, from stage to stage in one process."""
    command = [sys.executable, "-m", "tests.support.demo_stages", *stages]
    subprocess.run(command, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.DEVNULL)


class Now:
    """A clock that lets every act happen now."""

    moment = timezone.localtime()

    def pass_minutes(self, minutes: int):
        return nullcontext()


def resumed(quarter: int) -> Walk:
    walk = Walk(MeasurementCycle.objects.under_way().get(number=quarter), Now.moment)
    walk.clock = Now()
    return walk


def measured() -> None:
    walk = resumed(2)
    for username in row_owners(walk.cycle):
        if walk.cycle.rows.filter(owner__username=username, state__in=OPEN_ROWS).exists():
            walk.measure(username)


def evaluated() -> None:
    """One row is returned; all that are returned are sent again, all are accepted; step 7 waits."""
    walk = resumed(2)
    for row in walk.cycle.rows.filter(name=RETURNED, state=RowState.TERKIRIM):
        measuring.give_back(walk.cycle.pk, walk.person("tim2"), row.pk, row.version, RETURN_REASON)
    _settle(walk)
    _perform(walk, "evaluate", "tim1", evaluation_note=EVALUATION_NOTE)


def _settle(walk: Walk) -> None:
    """Owners send what was returned, Tim SAKIP accepts everything and answers every arahan."""
    for row in walk.cycle.rows.filter(state=RowState.DIKEMBALIKAN).select_related("cycle", "owner"):
        values = measure(row, walk.number) | {
            "evidence_note": "Register kegiatan, halaman 4 sampai 6.",
            "reply": REPLY,
        }
        measuring.save(walk.cycle.pk, row.owner, [SheetChange(row.pk, row.version, values)])
        measuring.send(walk.cycle.pk, row.owner)
    walk._accept("tim2")
    for directive in walk.cycle.directives.filter(answered_at=None):
        directive_answers.answer(
            walk.cycle.pk,
            walk.person("tim1"),
            directive.pk,
            "Sudah dijelaskan pada kolom analisis baris terkait.",
        )


def _perform(walk: Walk, action: str, username: str, **texts: str) -> None:
    walk.texts(username, **texts)
    walk.perform(0, username, action)


def _finish(number: int) -> None:
    _, username, action, texts = LAST_STEPS[number]
    _perform(resumed(2), action, username, **texts)


def recapped() -> None:
    _finish(0)


def reported() -> None:
    _finish(1)


def returned() -> None:
    """Round 2: the Sekcam gave a general arahan and one for a row."""
    walk = resumed(2)
    row = walk.cycle.rows.filter(planned=True).earliest("position")
    arahan = [
        Arahan("Jelaskan hambatan pada setiap capaian yang rendah."),
        Arahan("Uraikan rencana perbaikannya.", row.pk),
    ]
    workflow.perform(walk.cycle, SEND_BACK, walk.person("sekcam"), arahan=arahan)


def settled() -> None:
    """Step 9 waits for the second time."""
    walk = resumed(2)
    _settle(walk)
    _perform(walk, "evaluate", "tim1", evaluation_note=EVALUATION_NOTE)
    _finish(0)
    _finish(1)


def approved() -> None:
    _finish(2)


def reported_to_camat() -> None:
    """The report waits for the Camat, who has neither read nor signed it."""
    _finish(3)
    sign_papers(resumed(2).cycle, leaving=Q(person__username="camat", paper__kind=Output.LAPORAN))


def archived() -> None:
    sign_papers(resumed(2).cycle)
    _finish(4)


def ordered() -> None:
    camat, unit = Person.objects.get(username="camat"), Unit.objects.get()
    workflow.open_cycle(
        unit, Plan.objects.get(), 2026, 3, camat, "Laksanakan pengukuran data kinerja TW III."
    )


def briefed() -> None:
    walk = resumed(3)
    walk.write("sekcam", walk._set_meeting)
    walk.perform(1, "sekcam", "brief")


def planned() -> None:
    walk = resumed(3)
    walk.cycle.schedule.all().delete()
    walk.write("tim1", walk._write_minutes)
    walk.perform(1, "tim1", "plan_activities")


def beside_others() -> None:
    """One of seventy offices of a kabupaten, each at a step of its own."""
    call_command("load_demo", kabupaten=True)


def seven_rows() -> None:
    """One ASN has seven rows to fill in from the beginning."""
    _rows_of_one(7, planned=True)


def sixty_rows() -> None:
    _rows_of_one(60)


def _rows_of_one(number: int, **kind) -> None:
    """So many rows become one person's, all of them still blank but those that have evidence."""
    walk = resumed(2)
    person, rows = (
        walk.person("asn02"),
        walk.cycle.rows.order_by(F("evidence").asc(nulls_first=True), "position"),
    )
    walk.cycle.rows.filter(owner=person).update(owner=walk.person("asn03"))
    theirs = list(dict.fromkeys(rows.filter(**kind).values_list("pk", flat=True)))[:number]
    walk.cycle.rows.filter(pk__in=theirs).update(owner=person, planned=True)
    walk.cycle.rows.filter(pk__in=theirs, evidence=None).update(state=RowState.KOSONG)


# Stage → the cycle and the step that waits then.
STAGES = {
    "measured": (2, 6),
    "evaluated": (2, 7),
    "recapped": (2, 8),
    "reported": (2, 9),
    "returned": (2, 6),
    "settled": (2, 9),
    "approved": (2, 10),
    "reported_to_camat": (2, 11),
    "archived": (2, 11),
    "ordered": (3, 2),
    "briefed": (3, 3),
    "planned": (3, 4),
}

if __name__ == "__main__":
    # a stage is about its step: the file of a paper is made for whoever opens it first, and its signatures wait until the cycle is to be archived
    settings.RENDER_PAPERS_AT_ONCE = False
    signing.sign_papers = lambda cycle: None
    for stage in sys.argv[1:]:
        globals()[stage]()
