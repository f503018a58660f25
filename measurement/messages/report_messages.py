"""Telling the head of the office that a report waits for them: what was found, what is below target, what is asked."""

from django.template.loader import render_to_string
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import Message, Paper, Person, ReportReceipt
from measurement.rules.sop import Output

from .outbox import write_and_mail


def report_title(paper: Paper) -> str:
    """ "Laporan TW II 2026 menunggu Anda"."""
    period = paper.cycle.period_of_year
    return f"Laporan {period.short} {paper.cycle.year} menunggu Anda"


def sentences_of(content: dict) -> list[str]:
    """The three sentences of a report; one that was issued before reports had them has its summary in other words, or none."""
    told = content.get("ringkasan", {})
    return told.get("sentences") or [
        told[name] for name in ("reached", "none_short", "none_asked") if told.get(name)
    ]


def tell_report(paper: Paper, actor: Person) -> None:
    """Tell those who hold the post, but not whoever put the report before themselves; a paper of another kind concerns nobody here."""
    if paper.kind != Output.LAPORAN:
        return
    readers = Person.objects.holding(ReportReceipt.READER, paper.unit).exclude(pk=actor.pk)
    write_and_mail([_message_about(paper, reader, actor) for reader in readers])


def _message_about(paper: Paper, reader: Person, actor: Person) -> Message:
    context = {
        "paper": paper,
        "sentences": sentences_of(paper.content),
        "actor": actor,
        "person": reader,
        "cycle": paper.cycle,
    }
    return Message(
        person=reader,
        cycle=paper.cycle,
        kind=Message.Kind.REPORT,
        key=f"laporan:{paper.pk}",
        subject=report_title(paper),
        text=render_to_string("emails/report.txt", context).strip(),
        url=reverse("report", args=[paper.cycle_id]),
        created_at=timezone.now(),
    )


def settle_report(paper: Paper) -> None:
    """A report that was read asks nobody any more."""
    Message.objects.filter(key=f"laporan:{paper.pk}").mark_read()
