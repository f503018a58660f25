"""A government comes to be here with its offices and its administrator, and its posts are given and ended. Nobody gets a role in an office by it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from measurement.models import Government, GovernmentPost, Person, Unit
from measurement.rules.government_posts import GovernmentRole
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.staff.first_passwords import temporary_password

TAKEN = "Kantor ini sudah menjadi bagian dari pemerintah daerah lain: {names}."
HELD = "{person} sudah memegang jabatan itu pada tanggal tersebut; akhiri yang lama lebih dahulu."
BEFORE_START = "Hari terakhir tidak boleh sebelum mulainya, {day}."
ENDED = "Jabatan ini sudah berakhir."
LAST_ADMINISTRATOR = "Ini admin terakhir yang berlaku. Angkat penggantinya lebih dahulu, supaya jabatan lain tetap dapat diurus."


@dataclass(frozen=True)
class Appointee:
    """Who gets a post; `password` only where the account was made for it, to be shown once."""

    person: Person
    password: str = ""


def may_keep_government(person: Person, government: Government) -> bool:
    """Its administrator, and whoever keeps the installation."""
    return person.is_superuser or GovernmentRole.ADMIN in person.government_roles(government.pk)


def governments_kept_by(person: Person) -> list[Government]:
    """Those in which the person may make offices."""
    return [p.government for p in person.posts_in_force if p.role == GovernmentRole.ADMIN]


@transaction.atomic
def found_government(
    government: Government, offices: Collection[Unit], administrator: GovernmentPost, actor: Person
) -> None:
    """The government with the offices that belong to it, and the first who keeps it; for whoever keeps the installation."""
    if not actor.is_superuser:
        raise PermissionDenied
    government.save(force_insert=True)
    take_in(government, offices)
    administrator.government, administrator.role = government, GovernmentRole.ADMIN.value
    _record(administrator, actor)


def take_in(government: Government, offices: Collection[Unit]) -> None:
    """Let offices belong to a government; refused if one of them belongs to another meanwhile."""
    keys = [office.pk for office in offices]
    free = Unit.objects.filter(pk__in=keys, belongs_to=None)
    if free.update(belongs_to=government) != len(keys):
        taken = Unit.objects.filter(pk__in=keys).exclude(belongs_to=government)
        raise Incomplete(TAKEN.format(names=", ".join(map(str, taken))))


@sensitive_variables()
def account_for(known: Person | None, username: str, name: str) -> Appointee:
    """The account that somebody has, or a new one with a temporary password."""
    if known:
        return Appointee(known)
    password = temporary_password()
    made = Person.objects.create_user(username, password=password, name=name, must_change_password=True)
    return Appointee(made, password)


@transaction.atomic
def give_post(post: GovernmentPost, actor: Person) -> None:
    """Write a post down; the person has it from its first day to its last."""
    if not may_keep_government(actor, post.government):
        raise PermissionDenied
    _record(post, actor)


def _record(post: GovernmentPost, actor: Person) -> None:
    same = GovernmentPost.objects.filter(government=post.government, person=post.person, role=post.role)
    if any(_overlap(post, other) for other in same):
        raise Incomplete(HELD.format(person=post.person))
    post.recorded_by, post.recorded_at = actor, timezone.now()
    post.save(force_insert=True)
    Person.objects.filter(pk=post.person_id).update(has_posts=True)


def _overlap(one: GovernmentPost, other: GovernmentPost) -> bool:
    return (one.ends is None or other.starts <= one.ends) and (other.ends is None or one.starts <= other.ends)


@transaction.atomic
def end_post(pk: int, actor: Person, last_day: date) -> GovernmentPost:
    """The post stops with the day; somebody must remain who keeps the government."""
    post = (
        GovernmentPost.objects.select_for_update(of=("self",))
        .select_related("government", "person")
        .get(pk=pk)
    )
    if not may_keep_government(actor, post.government):
        raise PermissionDenied
    if post.ends is not None and post.ends <= timezone.localdate():
        raise NotAtThisStep(ENDED)
    if last_day < post.starts:
        raise Incomplete(BEFORE_START.format(day=f"{post.starts:%d-%m-%Y}"))
    others = GovernmentPost.objects.in_force().filter(government=post.government, role=GovernmentRole.ADMIN)
    if post.role == GovernmentRole.ADMIN and not others.exclude(pk=pk).exists():
        raise Incomplete(LAST_ADMINISTRATOR)
    post.ends = last_day
    post.save(update_fields=["ends"])
    return post
