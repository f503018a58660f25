"""What people are told of the threads of rows: each side once, until it has answered or read what it was told."""

from collections.abc import Iterable

from measurement.addresses import reverse
from measurement.models import MeasurementCycle, Message, Person, RowRemark, WorksheetRow
from measurement.rules.sop import Role

from .notifications import make_message
from .outbox import write

Kind = RowRemark.Kind


def tell_remark(cycle: MeasurementCycle, row: WorksheetRow, remark: RowRemark) -> None:
    """The owner hears what was remarked; of the owner's own remark those who wrote in the thread before, else the chair of Tim SAKIP.

    Not mailed at once: what is remarked within a quarter of an hour goes into one mail.
    """
    people = {row.owner} if remark.by != row.owner else _other_side(cycle, row)
    told = _told_already(cycle, f"catatan:{row.pk}:")
    context = {"by": remark.by.name, "title": remark.by_title, "row": row.name, "text": remark.text}
    write(
        make_message(
            "emails/remark.txt",
            context,
            person,
            kind=Message.Kind.REMARK,
            key=f"catatan:{row.pk}:{remark.pk}",
            subject=f"{cycle}: catatan pada indikator {row.name}",
            url=reverse("row_thread", args=[cycle.pk, row.pk]),
            cycle=cycle,
        )
        for person in people - {remark.by}
        if person.pk not in told
    )


def tell_sent_again(cycle: MeasurementCycle, owner: Person, rows: Iterable[int], url: str) -> None:
    """Who returned these rows hears once that they came again, however many and however often, until it is read."""
    sent = list(rows)
    returned = RowRemark.objects.filter(row__in=sent, kind=Kind.RETURNED).select_related("by").order_by("pk")
    last = {remark.row_id: remark.by for remark in returned}
    told = _told_already(cycle, f"ulang:{cycle.pk}:{owner.pk}:")
    write(
        make_message(
            "emails/sent_again.txt",
            {"owner": owner.name, "count": sum(by == person for by in last.values())},
            person,
            kind=Message.Kind.REMARK,
            key=f"ulang:{cycle.pk}:{owner.pk}:{max(sent)}-{cycle.audit.count()}",
            subject=f"{cycle}: baris dikirim ulang dengan jawaban",
            url=url,
            cycle=cycle,
        )
        for person in set(last.values()) - {owner}
        if person.pk not in told
    )


def _told_already(cycle: MeasurementCycle, start: str) -> set[int]:
    """Who was told and has not read it yet."""
    return set(cycle.messages.unread().filter(key__startswith=start).values_list("person", flat=True))


def _other_side(cycle: MeasurementCycle, row: WorksheetRow) -> set[Person]:
    wrote = {remark.by for remark in row.remarks.select_related("by") if remark.by_id != row.owner_id}
    if wrote:
        return wrote
    team = list(Person.objects.holding(Role.TIM_SAKIP, cycle.unit))
    return {person for person in team if person.chairs_team_in(cycle.unit_id)} or set(team)
