"""Messages about what was taken back: those that nobody has seen go away, the others are followed by one that says so."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils import timezone

from measurement.models import Message, Person

from .outbox import write_and_mail


def recall_messages(keys: Iterable[str], actor: Person) -> None:
    """Take back the messages with these keys. Their keys are free again, for the same act may be done anew."""
    found = Message.objects.filter(key__in=list(keys)).select_related("person", "cycle")
    seen = [message for message in found.select_for_update(of=("self",)) if _was_seen(message)]
    found.exclude(pk__in=[message.pk for message in seen]).delete()
    for message in seen:
        read_at = message.read_at or timezone.now()
        Message.objects.filter(pk=message.pk).update(key=f"ditarik:{message.pk}", read_at=read_at)
    write_and_mail([_follow_up(message, actor) for message in seen])


def _was_seen(message: Message) -> bool:
    """Whether it was read or mailed; what needs no mail counts as mailed at the moment at which it was written."""
    return message.read_at is not None or message.mailed_at not in (None, message.created_at)


def _follow_up(message: Message, actor: Person) -> Message:
    text = render_to_string(
        "emails/withdrawn.txt", {"message": message, "actor": actor, "person": message.person}
    )
    return Message(
        person=message.person,
        cycle=message.cycle,
        kind=message.kind,
        key=f"ditarik-kabar:{message.pk}",
        subject=f"Dibatalkan: {message.subject}"[:250],
        text=text.strip(),
        url=message.url,
        created_at=timezone.now(),
    )
