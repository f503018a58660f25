"""How a cycle moves: the state machine, one method per step of the SOP in its order, sending back, and the withdrawal of the order.

Source, target and permission are read from `sop.py`. A body sets fields of the cycle and nothing else; only `workflow.perform` calls these,
and `doors.withdrawing` the last one.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import models
from django_fsm import FSMField, Transition, transition

from measurement.rules import permissions
from measurement.rules.sop import (
    APPROVE,
    ARCHIVE,
    BRIEF,
    EVALUATE,
    MEASURE,
    ORDER,
    PLAN_ACTIVITIES,
    PREPARE_METHOD,
    RECAPITULATE,
    REPORT,
    REPORT_TO_CAMAT,
    SEND_BACK,
    STEP_BY_STATE,
    State,
    step_of,
)

if TYPE_CHECKING:
    from .people import Person


def moves(action: str):
    """A transition whose source, target and permission are those of the SOP's table."""
    step = step_of(action)
    return transition(
        field="state",
        source=step.source,
        target=step.returns_to if action == SEND_BACK else step.target,
        permission=lambda cycle, person: permissions.may_perform(action, person, cycle),
    )


class CycleTransitions(models.Model):
    """The protected state of a measurement cycle and the only ways to change it."""

    state = FSMField(
        "status",
        default=State.PERINTAH.value,
        choices=[(s.value, s.value.capitalize()) for s in State],
        protected=True,
    )
    round = models.PositiveSmallIntegerField("putaran", default=1)
    get_available_user_state_transitions: "Callable[[Person], Iterable[Transition]]"  # made by the field

    class Meta:
        abstract = True

    def refresh_from_db(self, *args, **kwargs):
        """The protected state may be reloaded: its old value is set aside on this instance, never by unlocking the class."""
        kept = self.__dict__.pop("state", None)
        try:
            super().refresh_from_db(*args, **kwargs)
        finally:
            if kept is not None:
                self.__dict__.setdefault("state", kept)

    @moves(ORDER.key)
    def order(self):
        """1. The Camat orders."""

    @moves(BRIEF.key)
    def brief(self):
        """2. The Sekcam briefs Tim SAKIP."""

    @moves(PLAN_ACTIVITIES.key)
    def plan_activities(self):
        """3. Tim SAKIP sets minutes and schedule."""

    @moves(PREPARE_METHOD.key)
    def prepare_method(self):
        """4. Tim SAKIP fixes the methodology; the definitions are frozen by the door."""

    @moves(MEASURE.key)
    def measure(self):
        """5. All ASN have measured."""

    @moves(EVALUATE.key)
    def evaluate(self):
        """6. Tim SAKIP has evaluated every row."""

    @moves(RECAPITULATE.key)
    def recapitulate(self):
        """7. Tim SAKIP sets the recap."""

    @moves(REPORT.key)
    def report(self):
        """8. Tim SAKIP reports to the Sekcam."""

    @moves(APPROVE.key)
    def approve(self):
        """9. The Sekcam approves."""

    @moves(SEND_BACK)
    def send_back(self):
        """9. The Sekcam returns it with arahan: a new round begins at step 6."""
        self.round += 1

    @moves(REPORT_TO_CAMAT.key)
    def report_to_camat(self):
        """10. The Sekcam reports to the Camat."""

    @moves(ARCHIVE.key)
    def archive(self):
        """11. Tim SAKIP archives; from here on the database refuses every change."""

    @transition(field="state", source=[state.value for state in STEP_BY_STATE], target=State.DICABUT.value)
    def withdraw(self):
        """No step of the SOP: the order is taken back. Who may, and with whose consent, is settled by the door."""
