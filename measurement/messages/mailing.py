"""How messages go out by e-mail: one mail per person with everything that is due, claimed first, retried later.

`mailed_at` is the moment from which nothing of a message is left to be mailed. A sender claims messages by setting it under a lock, sends, and takes the
claim back when the mail failed, so a server that is down loses nothing and two senders never send the same. The guarantee is at most once: a
process killed between claim and answer loses that one mail, never the message, which stands in the application. (Only a server that takes a mail
and dies before saying so may get it twice.) The lock is never held while the server is spoken to.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from measurement.addresses import reverse
from measurement.models import Message, Person

logger = logging.getLogger(__name__)

DIGEST_HOUR = 7  # local time; what was written before it is in the day's one mail
TRIED_FOR = timedelta(days=7)
# this mail only: the next one may go
REFUSED = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, ValueError)


@dataclass(frozen=True)
class Sent:
    """Mails that went out, and people whose mail did not."""

    mails: int = 0
    failed: int = 0


def send_now(people: list[int]) -> Sent:
    """Mail these people at once what is still to be mailed to them. A failing mail server raises nothing here."""
    return _deliver(_to_mail().filter(person__in=people, person__mail=Person.Mail.AT_ONCE))


@task
def mail_people(people: list[int]) -> None:
    """The same by the queue, so that nobody waits for a mail server. What a worker that dies has not sent is sent with what is due."""
    send_now(people)


def send_due(now: datetime) -> Sent:
    """Send everything that is due: what could not be sent before, and the digests of the day."""
    digests = Q(person__mail=Person.Mail.DIGEST, created_at__lt=_last_digest(now))
    return _deliver(_to_mail().filter(Q(person__mail=Person.Mail.AT_ONCE) | digests))


def _last_digest(now: datetime) -> datetime:
    """The last moment at which digests were due. Once a day, for what is older than it can only be sent once."""
    local = timezone.localtime(now)
    today = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)


def _to_mail() -> QuerySet[Message]:
    """What is left to mail, once everything that needs no mail is settled: nobody wants it, it was read, or it failed for too long."""
    unmailed = Message.objects.filter(mailed_at=None)
    nobody = Q(person__mail=Person.Mail.NEVER) | Q(person__email="") | Q(person__is_active=False)
    needless = nobody | Q(read_at__isnull=False) | Q(created_at__lt=timezone.now() - TRIED_FOR)
    Message.objects.filter(pk__in=unmailed.filter(needless).values("pk")).update(mailed_at=F("created_at"))
    return unmailed


def _deliver(due: QuerySet[Message]) -> Sent:
    """Send over one connection. A mail that is refused doesn't stop the others; a server that is gone does."""
    people, mails, failed = list(Person.objects.filter(pk__in=due.values("person"))), 0, 0
    if not people:
        return Sent()
    try:
        with get_connection() as connection:
            for person in people:
                try:
                    mails += _send(connection, person, due.filter(person=person))
                except REFUSED:
                    logger.exception("mail to person %s was refused", person.pk)
                    failed += 1
    except OSError:
        logger.exception("the mail server could not be reached")
        failed = len(people) - mails
    return Sent(mails, failed)


def _send(connection, person: Person, due: QuerySet[Message]) -> int:
    """One mail with all that is due to one person; 0 if another sender has it. Whatever goes wrong gives the claim back and is raised."""
    claimed = _claim(due)
    if not claimed:
        return 0
    try:
        connection.send_messages([mail(person, claimed)])
    except BaseException:
        Message.objects.filter(pk__in=[message.pk for message in claimed]).update(mailed_at=None)
        raise
    return 1


@transaction.atomic
def _claim(due: QuerySet[Message]) -> list[Message]:
    """If two claim at once, the second one waits and finds nothing left (SQLite holds the whole database, PostgreSQL the rows)."""
    claimed = list(due.select_for_update(of=("self",)).order_by("pk"))
    Message.objects.filter(pk__in=[message.pk for message in claimed]).update(mailed_at=timezone.now())
    return claimed


def mail(person: Person, messages: list[Message]) -> EmailMessage:
    """The mail as it goes out; several messages become one list. Its links open the message, which leads on to the job."""
    first, several = messages[0], len(messages) > 1
    lines = [
        {"subject": one.subject, "text": one.text, "link": address("my_message", one.pk)} for one in messages
    ]
    context = {
        "person": person,
        "lines": lines,
        "several": several,
        "all": address("my_messages"),
        "setting": address("mail_setting"),
    }
    subject = f"{len(messages)} pesan dari SAKIP untuk Anda" if several else first.subject
    body = render_to_string("emails/mail.txt", context)
    return EmailMessage(subject, body, to=[person.email], headers={"Auto-Submitted": "auto-generated"})


def address(name: str, *args) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)
