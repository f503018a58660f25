"""A worker that can be killed at a known moment of its work, in an installation of its own.

`python -m tests.support.mortal_worker order N` orders work that writes one sub unit each, under a name of its own. `work [MOMENT]` does it; at the
moment it says "here" and stands still until it is killed. `told` prints what became of the orders and what stands written, as JSON.
"""

import json
import os
import signal
import sys
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings")
    django.setup()
    word, *more = sys.argv[1:]
    {"order": order, "work": work, "told": told}[word](*more)


def stand_still() -> None:
    print("here", flush=True)
    signal.pause()


def _at(moment: str, wanted: str, only_first: list) -> None:
    if moment == wanted and only_first:
        only_first.pop()
        stand_still()


def _prepare(wanted: str = "") -> None:
    """A kind of work that writes, with its moments; and workers that are missed at once."""
    # models can be imported only now
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 – see above

    from measurement.doors import long_work_run  # noqa: PLC0415 – see above
    from measurement.doors.long_work_kinds import LONG_WORK_KINDS, WorkKind  # noqa: PLC0415 – see above
    from measurement.doors.long_work_results import Leads  # noqa: PLC0415 – see above
    from measurement.models import SubUnit  # noqa: PLC0415 – see above

    long_work_run.LOST = timedelta()
    once = [True]

    def make(work, tell):
        tell(10, "Membaca")
        _at("reading", wanted, once)

        def write() -> Leads:
            SubUnit.objects.create(unit=work.unit, name=f"Tertulis {work.parameters['number']} {uuid4()}")
            _at("writing", wanted, once)
            return Leads("/", "Tertulis.")

        return write

    LONG_WORK_KINDS["uji"] = WorkKind("Uji", "Menguji", make, lambda person, work: True)
    begun, concluded = long_work_run._claimed, DBTaskResult.set_successful

    def claimed(pk):
        _at("given out", wanted, once)
        return begun(pk)

    def set_successful(task, value):
        _at("concluded", wanted, once)
        concluded(task, value)

    long_work_run._claimed = claimed
    DBTaskResult.set_successful = set_successful


def order(number: str) -> None:
    from measurement.doors.long_work import order_work  # noqa: PLC0415 – see above
    from measurement.models import Person, Unit  # noqa: PLC0415 – see above
    from tests.support.characters import office  # noqa: PLC0415 – see above

    if not Unit.objects.exists():
        office()
    _prepare()
    first = max((0, *(int(name.split()[1]) for name in _written())))
    unit, person = Unit.objects.get(), Person.objects.earliest("pk")
    for one in range(int(number)):
        order_work(person, unit, "uji", number=first + one + 1)


def work(wanted: str = "") -> None:
    from django.core.management import call_command  # noqa: PLC0415 – see above

    _prepare(wanted)
    call_command("work", "--once")


def _written() -> list[str]:
    from measurement.models import SubUnit  # noqa: PLC0415 – see above

    return list(SubUnit.objects.filter(name__startswith="Tertulis").values_list("name", flat=True))


def told() -> None:
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 – see above

    from measurement.models import LongWork  # noqa: PLC0415 – see above

    numbers = [name.split()[1] for name in _written()]
    print(
        json.dumps(
            {
                "orders": Counter(LongWork.objects.values_list("state", flat=True)),
                "written": len(numbers),
                "twice": len(numbers) - len(set(numbers)),
                "tasks": Counter(DBTaskResult.objects.values_list("status", flat=True)),
            }
        )
    )


if __name__ == "__main__":
    main()
