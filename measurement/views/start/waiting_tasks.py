"""The one list of what waits for a person: the number in the bar counts it, "Tugas saya" draws it. So the two never disagree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from measurement.addresses import reverse
from measurement.doors.actions import OpenStay, OwnActions
from measurement.models import Person

from ..office.readiness import readiness_cards
from .correction_tasks import correction_cards
from .desk import desk_of
from .order_tasks import order_cards
from .report_tasks import report_cards
from .request_tasks import request_tasks
from .tasks import Waiting, cycle_tasks

PART = 20


@dataclass(frozen=True)
class WaitingTask:
    """One card. It is drawn when somebody looks at it: due times need calendars, and the number in the bar doesn't.

    What is to be done at a step `is_due` at a time, what is asked at it is not; what has no `stay` is beside the steps.
    """

    draw: Callable[..., dict]
    stay: OpenStay | None = None
    is_due: bool = False

    def rank(self, item: Waiting | None) -> tuple[bool, bool, float]:
        """The earliest due first; then what is due at no time, in the order in which it came."""
        if item is None or not self.is_due:
            return True, True, 0
        due = item.due
        return False, due is None, (due or item.stay.arrived_at).timestamp()

    def drawn(self, item: Waiting | None, person: Person) -> dict:
        return self.draw(item, person) if item else self.draw()


def waiting_tasks(person: Person) -> list[WaitingTask]:
    """Everything that waits for this person, looked up once and kept on the person while the request lasts."""
    kept: dict[str, list[WaitingTask]] = person.__dict__
    if "_waiting_tasks" not in kept:
        kept["_waiting_tasks"] = _waiting_tasks(person)
    return kept["_waiting_tasks"]


def _waiting_tasks(person: Person) -> list[WaitingTask]:
    """What is counted along with the open cycles is looked up only when it is drawn."""
    desk = desk_of(person)
    actions = [OwnActions(stay, person) for stay in desk.stays.values()]
    return [
        *(WaitingTask(draw, own.stay, is_due=True) for own in actions for draw in cycle_tasks(own)),
        *_drawn_in_parts(desk.reports, partial(report_cards, person)),
        *_drawn_later(bool(desk.signatures), partial(signing_cards, person)),
        *_drawn_later(desk.corrections, partial(correction_cards, person)),
        *(WaitingTask(draw, own.stay) for own in actions for draw in request_tasks(own)),
        *(WaitingTask(partial(_ready, card)) for card in order_cards(person)),
        *_drawn_later(desk.unready, partial(readiness_cards, person)),
    ]


def _drawn_later(count: int, cards: Callable[[], list[dict]]) -> list[WaitingTask]:
    """So many cards of a list that is made once, when the first of them is drawn."""
    made = cache(cards)
    return [WaitingTask(partial(_made, made, place)) for place in range(count)]


def _drawn_in_parts(count: int, cards: Callable[[int, int], list[dict]]) -> list[WaitingTask]:
    """So many cards of a list that is made part by part, for what is much to read."""
    made = cache(cards)
    places = ((place - place % PART, place % PART) for place in range(count))
    return [WaitingTask(partial(_made, partial(made, first, PART), place)) for first, place in places]


def _made(cards: Callable[[], list[dict]], place: int) -> dict:
    return cards()[place]


def _ready(card: dict) -> dict:
    return card


def waiting_count(person: Person) -> int:
    """How many cards there are, without drawing one."""
    return len(waiting_tasks(person))


def most_urgent_first(person: Person, items: Sequence[Waiting]) -> list[Callable[[], dict]]:
    """All cards, to be drawn when a page shows them. `items` are the cycles at whose steps they are: they say until when."""
    known = {item.cycle.pk: item for item in items}
    found = [(task, known[task.stay.cycle_id] if task.stay else None) for task in waiting_tasks(person)]
    found.sort(key=lambda one: one[0].rank(one[1]))
    return [partial(task.drawn, item, person) for task, item in found]


def signing_cards(person: Person) -> list[dict]:
    """One card for all papers that this person can sign now."""
    card = {
        "title": f"Tanda tangani {desk_of(person).signatures} naskah",
        "cycle": "Naskah yang sudah terbit",
        "progress": "menunggu tanda tangan elektronik Anda",
        "due": "",
        "state": {"key": "berjalan", "label": "Menunggu"},
        "url": reverse("signatures"),
        "action": "Tanda tangani",
    }
    return [card]
