"""The one list of what waits for a person: the number in the bar counts it, "Tugas saya" draws it. So the two never disagree."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from measurement.addresses import reverse
from measurement.models import Person

from ..office.readiness import readiness_cards
from .correction_tasks import correction_cards
from .order_tasks import order_cards
from .oversight_tasks import oversight_cards
from .report_tasks import report_cards
from .request_tasks import request_tasks
from .tasks import Waiting, cycle_tasks, open_cycles, own_counts


@dataclass(frozen=True)
class WaitingTask:
    """One card. It is drawn when somebody looks at it: due times need the office's calendar, and the number in the bar doesn't."""

    draw: Callable[[], dict]
    item: Waiting | None = None

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """The earliest due first; then what is due at no time, in the order in which it came."""
        if self.item is None:
            return True, True, 0
        due = self.item.due
        return False, due is None, (due or self.item.stay.arrived_at).timestamp()


def waiting_tasks(person: Person) -> list[WaitingTask]:
    """Everything that waits for this person, looked up once and kept on the person while the request lasts."""
    kept: dict[str, list[WaitingTask]] = person.__dict__
    if "_waiting_tasks" not in kept:
        steps = [
            WaitingTask(draw, item) for item in open_cycles(person) for draw in cycle_tasks(item, person)
        ]
        kept["_waiting_tasks"] = [*steps, *_beside_steps(person)]
    return kept["_waiting_tasks"]


def _beside_steps(person: Person) -> list[WaitingTask]:
    """What is counted along with the open cycles is looked up only when it is drawn."""
    counts = own_counts(person)
    found = [
        *_drawn_later(counts.reports, partial(report_cards, person)),
        *_drawn_later(bool(counts.signatures), partial(signing_cards, person)),
        *_drawn_later(counts.corrections, partial(correction_cards, person)),
        *_drawn_later(counts.oversight, partial(oversight_cards, person)),
    ]
    ready = [*request_tasks(person), *order_cards(person), *readiness_cards(person)]
    return [*found, *(WaitingTask(partial(_ready, card)) for card in ready)]


def _drawn_later(count: int, cards: Callable[[], list[dict]]) -> list[WaitingTask]:
    """So many cards of a list that is made once, when the first of them is drawn."""
    made = cache(cards)
    return [WaitingTask(partial(_made, made, place)) for place in range(count)]


def _made(cards: Callable[[], list[dict]], place: int) -> dict:
    return cards()[place]


def _ready(card: dict) -> dict:
    return card


def waiting_count(person: Person) -> int:
    """How many cards there are, without drawing one."""
    return len(waiting_tasks(person))


def waiting_cards(person: Person) -> list[dict]:
    """The cards, the most urgent first."""
    return [task.draw() for task in sorted(waiting_tasks(person), key=lambda task: task.rank)]


def signing_cards(person: Person) -> list[dict]:
    """One card for all papers that this person can sign now."""
    card = {
        "title": f"Tanda tangani {own_counts(person).signatures} naskah",
        "cycle": "Naskah yang sudah terbit",
        "progress": "menunggu tanda tangan elektronik Anda",
        "due": "",
        "state": {"key": "berjalan", "label": "Menunggu"},
        "url": reverse("signatures"),
        "action": "Tanda tangani",
    }
    return [card]
