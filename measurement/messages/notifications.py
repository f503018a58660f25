"""What people are told, one small function per message; the texts are in templates/emails/. Written in the transaction of the act, mailed after it.

A message's key names what it is about, so that the same person is never told the same thing twice, whoever asks for it again or at the same time.
"""

from collections.abc import Collection, Iterable
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import (
    Appointment,
    Handover,
    MeasurementCycle,
    Message,
    Paper,
    PaperSigner,
    Person,
    Stay,
    WorksheetRow,
)
from measurement.rules.dates import dated_moment
from measurement.rules.sop import SEND_BACK, Role, State
from measurement.signing.waiting import ELECTRONIC, waiting_signatures

from .outbox import write, write_and_mail
from .waited_for import OWN_PART, WaitedFor, holders_waited_for, people_waited_for

Kind = Message.Kind
SIGNATURE = "tanda-tangan:"
MOVED = {
    "indicators": "indikator",
    "nodes": "bagian rencana",
    "rows": "baris kertas kerja",
    "money": "baris anggaran",
}


def tell(cycle: MeasurementCycle, action: str, actor: Person) -> None:
    """Tell those whom an action concerns, but never the actor."""
    _settle(cycle)
    said = _archived(cycle, actor) if cycle.is_archived else _turn(cycle, actor)
    if action == SEND_BACK:
        said += _returned_by_sekcam(cycle, actor)
    tell_others(said + _signatures(cycle), actor)


def tell_signed(cycle: MeasurementCycle, signer: PaperSigner, actor: Person) -> None:
    """Tell whoever signs next that a paper was signed."""
    key = signature_key(signer)
    Message.objects.filter(Q(key=key) | Q(key__startswith=f"{key}:"), person=signer.person_id).mark_read()
    tell_others(_signatures(cycle), actor)


def tell_returned(cycle: MeasurementCycle, row_id: int, actor: Person) -> None:
    """Tim SAKIP returned one row to its owner. Not mailed at once: what is returned within a quarter of an hour goes into one mail."""
    row = cycle.rows.select_related("owner").get(pk=row_id)
    if row.owner != actor:
        write([_returned_row(cycle, row, actor)])


def tell_handover(handover: Handover) -> None:
    """Tell giver and taker of indicators, except the one who did it."""
    context = {"handover": handover, "counts": handover_counts(handover)}
    made = partial(
        _message,
        "emails/handover.txt",
        context,
        kind=Kind.HANDOVER,
        key=f"serah-terima:{handover.pk}",
        url=reverse("inbox"),
    )
    subject = f"Serah terima indikator dari {handover.giver} kepada {handover.taker}"
    people = {handover.giver, handover.taker} - {handover.done_by}
    write_and_mail([made(person, subject=subject) for person in people])


def handover_counts(handover: Handover) -> list[str]:
    return [
        f"{len(handover.moved[name])} {thing}" for name, thing in MOVED.items() if handover.moved.get(name)
    ]


def _settle(cycle: MeasurementCycle) -> None:
    """A step that was left waits for nobody: what was said about it is neither unread any more nor mailed late."""
    about = cycle.messages.filter(kind__in=(Kind.TURN, Kind.RETURNED, Kind.REMINDER, Kind.LATE))
    about.exclude(key__startswith=SIGNATURE).mark_read()


def settle_all(cycle: MeasurementCycle) -> None:
    """A cycle that is withdrawn asks for nothing more, no signature either."""
    cycle.messages.exclude(kind__in=(Kind.DONE, Kind.WITHDRAWAL)).mark_read()


def tell_others(messages: list[Message], actor: Person) -> None:
    write_and_mail([message for message in messages if message.person != actor])


def _message(
    template: str, context: dict, person: Person, *, kind: Kind, key: str, subject: str, url: str, cycle=None
) -> Message:
    """A message that is not kept yet; its subject is one line, whatever stands in names."""
    text = render_to_string(template, {**context, "cycle": cycle, "person": person}).strip()
    subject = " ".join(subject.split())[:250]
    return Message(
        person=person,
        cycle=cycle,
        kind=kind,
        key=key,
        subject=subject,
        text=text,
        url=url,
        created_at=timezone.now(),
    )


make_message = _message  # for what is told from other files of this room


def about_step(
    template: str, kind: Kind, key: str, what: str, stay: Stay, to: WaitedFor, **context
) -> Message:
    """A message to one of those whom a cycle waits for: what to do until when."""
    cycle = stay.cycle
    found = stay.deadline(cycle.unit.calendar, stay.terms(to.person if to.part == OWN_PART else None))
    context |= {
        "step": stay.sop_step,
        "role": cycle.sop.holder(stay.sop_step.actor),
        "work": to.work,
        "due": dated_moment(found.at) if found.at else "",
        "basis": f" ({found.basis})" if found.is_own else "",
        "no_hours": stay.lacks_clock(cycle.unit.calendar),
    }
    subject = f"{cycle}: {what}, langkah {stay.sop_step.number}"
    return _message(
        template, context, to.person, kind=kind, key=key, subject=subject, url=to.url, cycle=cycle
    )


def about_cycle(
    template: str,
    kind: Kind,
    key: str,
    subject: str,
    cycle: MeasurementCycle,
    people: Iterable[Person],
    url: str,
    **context,
) -> list[Message]:
    """The same to several people, on what concerns the whole cycle."""
    made = partial(
        _message, template, context, kind=kind, key=key, subject=f"{cycle}: {subject}", url=url, cycle=cycle
    )
    return [made(person) for person in people]


def _turn(cycle: MeasurementCycle, actor: Person) -> list[Message]:
    """ "It is your turn": to the owners of what is to be filled in, or to those who hold the next step's role."""
    stay = cycle.stays.get(left_at=None)
    directives = cycle.directives.filter(round=cycle.round).select_related("row") if cycle.round > 1 else []
    people = (
        people_waited_for(cycle)
        if cycle.state == State.PENGUKURAN
        else holders_waited_for(cycle, cycle.current_step.actor)
    )
    context = {"actor": actor, "directives": directives if cycle.state == State.EVALUASI else []}
    return [
        about_step("emails/turn.txt", Kind.TURN, f"giliran:{stay.pk}", "giliran Anda", stay, to, **context)
        for to in people
        if to.serves
    ]


def _returned_by_sekcam(cycle: MeasurementCycle, actor: Person) -> list[Message]:
    """The arahan in full: each owner gets those on their rows, and the general ones."""
    directives = list(cycle.directives.filter(round=cycle.round).select_related("row__owner").order_by("pk"))
    general = [directive for directive in directives if directive.row is None]
    url, staff = reverse("worksheet", args=[cycle.pk]), set(cycle.staff.values_list("person", flat=True))
    owners = {
        directive.row.owner for directive in directives if directive.row and directive.row.owner_id in staff
    }
    return [
        _message(
            "emails/returned.txt",
            {"actor": actor, "directives": [d for d in directives if d.row and d.row.owner == owner], "general": general},
            owner, kind=Kind.RETURNED, key=f"arahan:{cycle.pk}:{cycle.round}", subject=f"{cycle}: dikembalikan dengan arahan", url=url, cycle=cycle,
        )
        for owner in owners
    ]  # fmt: skip


def _returned_row(cycle: MeasurementCycle, row: WorksheetRow, actor: Person) -> Message:
    key, url = f"dikembalikan:{row.pk}:{row.version}", reverse("worksheet", args=[cycle.pk])
    subject = f"{cycle}: indikator dikembalikan untuk dilengkapi"
    context = {"actor": actor, "row": row}
    return _message(
        "emails/returned_row.txt",
        context,
        row.owner,
        kind=Kind.RETURNED,
        key=key,
        subject=subject,
        url=url,
        cycle=cycle,
    )


def _archived(cycle: MeasurementCycle, actor: Person) -> list[Message]:
    """ "It is done, and here is the report": to the Camat and the Sekcam."""
    report = cycle.valid_report
    people = Person.objects.holding(Role.CAMAT, cycle.unit) | Person.objects.holding(Role.SEKCAM, cycle.unit)
    context = {"actor": actor, "report": report}
    made = partial(
        _message, "emails/archived.txt", context, kind=Kind.DONE, key=f"selesai:{cycle.pk}", cycle=cycle
    )
    url = reverse("paper", args=[report.pk]) if report else reverse("cycle", args=[cycle.pk])
    return [made(person, subject=f"{cycle}: selesai diarsipkan", url=url) for person in people]


def open_signatures(units: Collection[int]) -> QuerySet[PaperSigner]:
    """Electronic signatures that wait for people who serve in the unit of the paper."""
    posts = Appointment.objects.in_force().filter(person__is_active=True)
    serves = Exists(posts.filter(unit=OuterRef("paper__unit"), person=OuterRef("person")))
    found = waiting_signatures().filter(serves, paper__unit__in=units, method__in=ELECTRONIC)
    return found.select_related("person", "paper").defer("paper__content", "paper__words")


def signature_key(signer: PaperSigner) -> str:
    return f"{SIGNATURE}{signer.pk}"


def _signatures(cycle: MeasurementCycle) -> list[Message]:
    """A paper of this cycle waits for your signature."""
    return [
        about_signatures(
            signer.person,
            [signer.paper],
            Kind.TURN,
            signature_key(signer),
            "Naskah menunggu tanda tangan Anda",
            cycle,
        )
        for signer in open_signatures([cycle.unit_id]).filter(paper__cycle=cycle)
    ]


def about_signatures(
    person: Person, papers: list[Paper], kind: Kind, key: str, subject: str, cycle=None
) -> Message:
    url = reverse("signatures")
    return _message(
        "emails/signature.txt",
        {"papers": papers},
        person,
        kind=kind,
        key=key,
        subject=subject,
        url=url,
        cycle=cycle,
    )
