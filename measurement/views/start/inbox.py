"""Tugas saya: what waits for me, what waits for others and for how long, and three lines on what was done lately."""

from django.shortcuts import render

from measurement.addresses import reverse
from measurement.messages.waited_for import names_waited_for
from measurement.models import Person, Stay
from measurement.rules.dates import dated_moment, moment, working_time
from measurement.rules.deadlines import NO_HOURS, WorkCalendar
from measurement.rules.permissions import leads
from measurement.rules.sop import State

from ..cycle.follow_up_facts import own_line
from ..paging import PagedList
from ..visitor import PersonRequest
from .accounts import last_here
from .deadline_words import due_words
from .desk import desk_of
from .own_history import history_of
from .tasks import Waiting, named_cycle, waiting_at
from .waiting_tasks import most_urgent_first, waiting_tasks

NAMED, CARDS, OTHERS = 3, 20, 20  # names of late people; cards on a page; cycles that wait for others


def inbox(request: PersonRequest):
    """The cards a page at a time, the most urgent of all first."""
    person, before = request.user, last_here(request)
    mine = {task.stay.cycle_id: task.stay for task in waiting_tasks(person) if task.stay}
    others = [stay for stay in desk_of(person).stays.values() if stay.cycle_id not in mine]
    items = waiting_at([*mine.values(), *others[:OTHERS]], person)
    paged = PagedList.of(most_urgent_first(person, items[: len(mine)]), request, CARDS)
    context = {
        "tasks": [draw() for draw in paged.page],
        "paged": paged,
        "others": _other_lines(items[len(mine) :], person) if paged.is_first else [],
        "more_others": max(len(others) - OTHERS, 0),
        "follow_up": own_line(person),
        "unread": desk_of(person).unread,
        "since": dated_moment(before) if before else "",
        **history_of(person, before),
    }
    return render(request, "start/inbox.html", context)


def _other_lines(items: list[Waiting], person: Person) -> list[dict]:
    """Cycles that wait for somebody else. Names are looked up for one measurement only, and for none of many offices."""
    named = () if person.serves_in_many else items
    measured = next(
        (i for i in named if i.cycle.state == State.PENGUKURAN and leads.test(person, i.cycle)),
        None,
    )
    return [_other_line(item, person) | (_late_people(item) if item is measured else {}) for item in items]


def _other_line(item: Waiting, person: Person) -> dict:
    cycle, stay, calendar = item.cycle, item.stay, item.cycle.unit.calendar
    step = cycle.current_step
    return {
        "title": f"{step.number}. {step.activity}",
        "cycle": named_cycle(cycle, person),
        "url": reverse("cycle", args=[cycle.pk]),
        "who": cycle.sop.label(step.actor),
        "since": _since(stay, calendar),
        "due": due_words(item),
        "late": item.is_late,
    }


def _since(stay: Stay, calendar: WorkCalendar) -> str:
    taken, arrived = stay.taken(calendar), moment(stay.arrived_at)
    if taken is None:
        return f"sejak {arrived} ({NO_HOURS})"
    return f"sejak {arrived}, sudah {working_time(taken, stay.minutes_per_day(calendar))} waktu kerja"


def _late_people(item: Waiting) -> dict:
    """Whom a measurement waits for by name, and where to remind them."""
    names = names_waited_for(item.cycle)
    more = f", dan {len(names) - NAMED} lainnya" if len(names) > NAMED else ""
    return {
        "names": f"{len(names)} orang: {', '.join(names[:NAMED])}{more}",
        "board": reverse("coverage", args=[item.cycle.pk]),
    }
