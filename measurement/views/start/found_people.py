"""Colleagues in Cari: by name, post and role. The personnel number is not searched: whoever guesses it would learn a birth date."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils import timezone

from measurement.addresses import reverse
from measurement.models import Appointment, Person, Prepared, SopEdition
from measurement.rules.permissions import may_manage_people
from measurement.rules.search_terms import mark_terms, says_all
from measurement.rules.sop import Role
from measurement.rules.sop_edition import NEUTRAL, Sop

Kind = Appointment.Kind
ACTING = (Kind.PLT, Kind.PLH)
NAMED_BY_EDITION = {Role.CAMAT: "head", Role.SEKCAM: "secretary"}  # where an edition has their words


def people_found(person: Person, terms: list[str]) -> QuerySet[Person]:
    """Who serves today in an office of this person, and says every term by their name or one of their posts."""
    held = Appointment.objects.in_force().filter(unit_id__in=person.served_units)
    found = Person.objects.filter(pk__in=held.values("person"))
    for term in terms:
        found = found.filter(Q(name__says=term) | Q(pk__in=_posts_saying(held, term).values("person")))
    return found.order_by("name", "pk")


def _posts_saying(held: QuerySet[Appointment], term: str) -> QuerySet[Appointment]:
    """The posts whose title or role says a term as they are printed, with Plt. or Plh. before both."""
    said = Q(title__says=term) | _role_says(term)
    for kind in ACTING:
        label = f"{kind.label.lower()} "
        if term in label:
            said |= Q(kind=kind)
        # a phrase that begins within the label goes on in what is printed after it
        for rest in {term.removeprefix(label[place:]) for place in range(len(label))} - {term}:
            said |= Q(kind=kind) & (Q(title__says=rest) | _role_says(rest))
    return held.filter(said)


def _role_says(term: str) -> Q:
    """The role in the words of the office's SOP."""
    said = Q(role__in=[role for role in Role if role not in NAMED_BY_EDITION and _neutral_says(role, term)])
    for role, place in NAMED_BY_EDITION.items():
        words = SopEdition.objects.alias(word=KT(f"facts__{place}__0")).filter(word__says=term)
        said |= Q(role=role) & Q(unit__in=words.values("unit"))
        if _neutral_says(role, term):
            said |= Q(role=role) & ~Q(unit__in=SopEdition.objects.values("unit"))
    return said


def _neutral_says(role: Role, term: str) -> bool:
    return says_all([NEUTRAL.holder(role)], [term])


def people_lines(person: Person, people: Sequence[Person], terms: list[str]) -> list[dict]:
    held: dict[int, list[Appointment]] = {}
    for appointment in POSTS_OF.rows(person, [one.pk for one in people], timezone.localdate()):
        held.setdefault(appointment.person_id, []).append(appointment)
    for post in (post for posts in held.values() for post in posts):
        post.unit = person.brief_unit(post.unit_id)
        post.unit.sop = Sop.read(vars(post)["sop_facts"])
    return [_line(person, one, held[one.pk], terms) for one in people]


def _posts_of(person: Person, keys: Collection[int], day: date) -> QuerySet[Appointment]:
    posts = Appointment.objects.in_force(day).filter(unit_id__in=person.served_units)
    facts = SopEdition.objects.of_unit(OuterRef("unit"), day).values("facts")
    return posts.filter(person__in=keys).annotate(sop_facts=Subquery(facts))


POSTS_OF = Prepared(_posts_of)


def _line(person: Person, found: Person, posts: list[Appointment], terms: list[str]) -> dict:
    keeps = any(may_manage_people.test(person, post) for post in posts)
    return {
        "title": mark_terms(found.name, terms),
        "url": reverse("person", args=[found.pk]) if keeps else "",
        "facts": f"NIP {found.masked_nip}" if keeps and found.nip else "",
        "why": mark_terms(", ".join(dict.fromkeys(_printed(posts))), terms),
    }


def _printed(posts: list[Appointment]) -> Iterator[str]:
    return (text for post in posts for text in (post.printed_title, post.printed_role))
