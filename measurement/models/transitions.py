"""How a cycle moves: the state machine, one method per step of the SOP in its order, and sending back.

Source, target and permission are read from `sop.py`. A body sets fields of the cycle and nothing else; only `workflow.perform` calls these.
"""

from django.db import models
from django_fsm import FSMField, transition

from measurement.rules import permissions
from measurement.rules.sop import SEND_BACK, State, step_of


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

    @moves("order")
    def order(self):
        """1. The Camat orders."""

    @moves("brief")
    def brief(self):
        """2. The Sekcam briefs Tim SAKIP."""

    @moves("plan_activities")
    def plan_activities(self):
        """3. Tim SAKIP sets minutes and schedule."""

    @moves("prepare_method")
    def prepare_method(self):
        """4. Tim SAKIP fixes the methodology; the definitions are frozen by the door."""

    @moves("measure")
    def measure(self):
        """5. All ASN have measured."""

    @moves("evaluate")
    def evaluate(self):
        """6. Tim SAKIP has evaluated every row."""

    @moves("recapitulate")
    def recapitulate(self):
        """7. Tim SAKIP sets the recap."""

    @moves("report")
    def report(self):
        """8. Tim SAKIP reports to the Sekcam."""

    @moves("approve")
    def approve(self):
        """9. The Sekcam approves."""

    @moves(SEND_BACK)
    def send_back(self):
        """9. The Sekcam returns it with arahan: a new round begins at step 6."""
        self.round += 1

    @moves("report_to_camat")
    def report_to_camat(self):
        """10. The Sekcam reports to the Camat."""

    @moves("archive")
    def archive(self):
        """11. Tim SAKIP archives; from here on the database refuses every change."""
