"""Messages: one small class each, its text in templates/emails/. Sent after the commit; a mail server that is down never stops the SOP."""

import logging
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from .models import MeasurementCycle, Person
from .sop import SEND_BACK

logger = logging.getLogger(__name__)


@dataclass
class TurnMessage:
    """It is your turn: to the people whose role the next step names."""

    cycle: MeasurementCycle
    actor: Person
    template = "emails/turn.txt"

    def recipients(self) -> list[Person]:
        return list(Person.objects.holding(self.cycle.step.actor, self.cycle.unit)) if self.cycle.step else []

    def subject(self) -> str:
        return f"{self.cycle}: giliran Anda, langkah {self.cycle.step.number}"


@dataclass
class ReturnedRowsMessage(TurnMessage):
    """Your rows were returned with arahan: to their owners."""

    template = "emails/returned.txt"

    def recipients(self) -> list[Person]:
        named = self.cycle.rows.filter(directives__round=self.cycle.round)
        return list(Person.objects.filter(worksheet_rows__in=named, is_active=True).distinct())

    def subject(self) -> str:
        return f"{self.cycle}: dikembalikan Sekcam dengan arahan"


@dataclass
class ArchivedMessage(TurnMessage):
    """It is done: to the Camat and the Sekcam."""

    template = "emails/archived.txt"

    def recipients(self) -> list[Person]:
        return [*Person.objects.holding("camat", self.cycle.unit), *Person.objects.holding("sekcam", self.cycle.unit)]

    def subject(self) -> str:
        return f"{self.cycle}: selesai diarsipkan"


def tell(cycle: MeasurementCycle, action: str, actor: Person) -> None:
    """Mail those whom an action concerns, each person and message once, never the actor."""
    if cycle.is_archived:
        messages = [ArchivedMessage(cycle, actor)]
    else:
        messages = [TurnMessage(cycle, actor)] + ([ReturnedRowsMessage(cycle, actor)] if action == SEND_BACK else [])
    mails = [
        EmailMessage(
            message.subject(), render_to_string(message.template, {"cycle": cycle, "person": person, "actor": actor}), to=[person.email]
        )
        for message in messages
        for person in message.recipients()
        if person.email and person != actor
    ]
    try:
        get_connection().send_messages(mails)
    except OSError:
        logger.exception("mail for cycle %s could not be sent", cycle.pk)
