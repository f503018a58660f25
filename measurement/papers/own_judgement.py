"""Who judged their own work: in a small office one person may act in two roles, and then the papers of the decision say so."""

from dataclasses import dataclass, field

from measurement.models import MeasurementCycle, Person
from measurement.record import audit
from measurement.rules.sop import EVALUATE, LEADING, STEP_BY_KEY, Role, Step

# what Tim SAKIP does without leaving a step
EVALUATING = ("row_accept", "row_return", "row_fill_for", "directive_answer")


@dataclass
class RolePlayed:
    """What one person did in one role: under which titles, at which steps."""

    titles: dict[str, None] = field(default_factory=dict)
    steps: set[int] = field(default_factory=set)

    def words(self, role: str) -> str:
        """The titles, or the role where there are none, with the numbers of the steps."""
        steps = [str(number) for number in sorted(self.steps)]
        numbers = " dan ".join(filter(None, (", ".join(steps[:-1]), steps[-1])))
        return f"{' dan '.join(self.titles) or role} (langkah {numbers})"


def own_work(cycle: MeasurementCycle, actor: Person, step_key: str) -> list[str]:
    """What the paper of a decision has to say about the one who decides, and about everybody who acted in two roles until then."""
    written = cycle.rows.to_fill_in().filter(owner=actor).count()
    own = f"{actor.name} juga penanggung jawab atas {written} indikator yang dinilai dalam naskah ini."
    return ([own] if written else []) + two_roles(cycle, actor, step_key)


def two_roles(cycle: MeasurementCycle, actor: Person, step_key: str) -> list[str]:
    """A sentence on everybody who acted in more than one role of the SOP; the actor is just carrying out the step named."""
    return [
        f"{person.name} bertindak selaku {' dan selaku '.join(parts[role].words(cycle.sop.label(role)) for role in LEADING if role in parts)} pada siklus ini."
        for person, parts in _parts(cycle, actor, STEP_BY_KEY[step_key]).items()
        if len(parts) > 1
    ]


def _parts(cycle: MeasurementCycle, actor: Person, step: Step) -> dict[Person, dict[Role, RolePlayed]]:
    """Person → role → what they did in it, from the steps they left and from the trail of the evaluation."""
    found: dict[Person, dict[Role, RolePlayed]] = {}

    def add(person: Person, role: Role, title: str, number: int) -> None:
        if role in LEADING:
            part = found.setdefault(person, {}).setdefault(role, RolePlayed())
            part.titles |= {title: None} if title else {}
            part.steps.add(number)

    for stay in cycle.stays.exclude(left_by=None).select_related("left_by"):
        if stay.left_by:
            add(stay.left_by, stay.sop_step.actor, stay.left_as, stay.sop_step.number)
    for entry in audit.standing(cycle, EVALUATING):
        if entry.actor:
            add(entry.actor, Role.TIM_SAKIP, "", EVALUATE.number)
    add(actor, step.actor, actor.title_in(cycle.unit_id, step.actor), step.number)
    return found
