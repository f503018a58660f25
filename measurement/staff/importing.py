"""The import of people: a file is compared with who is there, shown, and written whole or not at all.

Nobody becomes an administrator of the installation here, nobody who serves in another office is changed, and nobody's role is taken away
because a file lacks it. A new account has no password until a sheet of first passwords is made.
"""

import hashlib
import logging
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from measurement.models import Appointment, Person, Unit
from measurement.rules.permissions import may_manage_people
from measurement.rules.refusals import Incomplete, Stale
from measurement.rules.requirements import shorten
from measurement.rules.sentences import ended
from measurement.rules.sop import Role

from .comparing import OFFICIALS, StaffChange, StaffComparer, StaffComparison
from .entries import StaffEntry, people_in_file
from .lines import StaffReading, WrongStaffCell
from .matching import StaffMatcher, StaffQuestion
from .role_words import role_label
from .roster import Roster

logger = logging.getLogger(__name__)
NOT_KEPT = "{person} juga bertugas di kantor lain atau mengelola instalasi, jadi datanya tidak diubah lewat impor. Hapus barisnya, atau samakan dengan yang tersimpan."
HELD = "Jabatan ini masih dipegang {person}. Isi kolom Sampai pada baris orang itu, akhiri penugasannya lebih dahulu, atau tulis Plt. atau Plh."
CHANGED = "Data pegawai sudah berubah sejak perbedaannya ditampilkan. Periksa perbedaan yang sekarang, lalu terapkan lagi."
UNANSWERED = "Masih ada nama yang perlu dijawab: orang yang sama, atau pegawai baru."
MOST_NAMED = 5


@dataclass(frozen=True)
class NewPerson:
    """Somebody who gets an account, as the preview shows them."""

    row: int
    name: str
    username: str
    number: str
    posts: str


@dataclass
class StaffPreview:
    """What a file would do to the people of an office."""

    new: list[NewPerson] = field(default_factory=list)
    changed: list[StaffChange] = field(default_factory=list)
    same: int = 0
    wrong: list[WrongStaffCell] = field(default_factory=list)
    questions: list[StaffQuestion] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    comparisons: list[StaffComparison] = field(default_factory=list, repr=False)

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.wrong or self.questions)

    @property
    def changed_people(self) -> int:
        return sum(1 for comparison in self.comparisons if not comparison.is_new)

    @property
    def summary(self) -> str:
        """What came of it, once it is applied."""
        return f"Impor selesai: {len(self.new)} pegawai baru, {self.changed_people} pegawai berubah."

    @property
    def digest(self) -> str:
        """What was shown, so that nothing else is applied."""
        return hashlib.sha256(repr((self.new, self.changed, self.questions)).encode()).hexdigest()


def compare_staff(
    unit: Unit, reading: StaffReading, actor: Person, answers: Mapping[str, str] | None = None
) -> StaffPreview:
    """What `apply_staff` would do. Nothing is written."""
    entries = people_in_file(reading)
    roster = Roster.of(unit, [entry.nip for entry in entries if entry.nip])
    seen = StaffPreview(wrong=list(reading.wrong), remarks=list(reading.remarks))
    matcher = StaffMatcher(roster, reading.layout, answers or {})
    comparer = StaffComparer(unit, reading.layout, timezone.localdate(), actor)
    for entry in entries:
        _take(seen, entry, matcher, comparer)
    _refuse_second_officials(seen, roster, reading)
    _tell_absent(seen, matcher)
    seen.wrong.sort(key=lambda cell: (cell.row, cell.cell))
    return seen


def _take(seen: StaffPreview, entry: StaffEntry, matcher: StaffMatcher, comparer: StaffComparer) -> None:
    """One person of the file, compared with whom they are."""
    found = matcher.match(entry)
    if found.wrong:
        seen.wrong.append(found.wrong)
    elif found.person:
        _tell(
            seen,
            entry,
            comparer.compare(entry, found.person, matcher.roster.posts.get(found.person.pk, [])),
            matcher,
        )
    elif twin := _identical(entry, found.suspects, matcher, comparer):
        matcher.used[twin.pk] = entry.row
        seen.same += 1
    else:
        candidates = [(str(person.pk), _described(person, matcher.roster)) for person in found.suspects]
        seen.questions.append(StaffQuestion(entry.row, entry.name, candidates))


def _identical(
    entry: StaffEntry, suspects: list[Person], matcher: StaffMatcher, comparer: StaffComparer
) -> Person | None:
    """The one suspect about whom the file says nothing new: nothing depends on whether it is the same person."""
    if entry.nip or len(suspects) != 1:
        return None
    posts = [
        copy(post) for post in matcher.roster.posts[suspects[0].pk]
    ]  # comparing writes the new values into them
    made = comparer.compare(entry, copy(suspects[0]), posts)
    return None if made.changes or made.wrong else suspects[0]


def _described(person: Person, roster: Roster) -> str:
    titles = list(dict.fromkeys(post.printed_title for post in roster.posts[person.pk]))
    return f"{person.name}, {person.username}" + (f" ({'; '.join(titles[:2])})" if titles else "")


def _tell(seen: StaffPreview, entry: StaffEntry, made: StaffComparison, matcher: StaffMatcher) -> None:
    person = made.person
    seen.wrong += made.wrong
    if not person.pk:
        posts = "; ".join(
            f"{a.printed_title} ({role_label(Role(a.role), a.chairs, matcher.roster.unit.sop)})"
            for a in made.begun
        )
        seen.new.append(NewPerson(entry.row, person.name, person.username, person.masked_nip, posts))
    elif not made.changes:
        seen.remarks += made.remarks
        seen.same += 1
        return
    elif person.pk not in matcher.roster.kept:
        cell = matcher.layout.cell("name", entry.row)
        seen.wrong.append(WrongStaffCell(cell, entry.name, NOT_KEPT.format(person=person), entry.row))
        return
    else:
        seen.changed += made.changes
    seen.remarks += made.remarks
    seen.comparisons.append(made)


def _refuse_second_officials(seen: StaffPreview, roster: Roster, reading: StaffReading) -> None:
    """A post of which there is one has one definitive holder without an end, after everything that the file ends has ended."""
    stored = [(post, person.name) for person in roster.people for post in roster.posts[person.pk]]
    begun = [(post, made.person.name) for made in seen.comparisons for post in made.begun]
    rows = {change.name: change.row for change in seen.changed} | {new.name: new.row for new in seen.new}
    for role in OFFICIALS:
        holders = [(post, name) for post, name in stored + begun if _holds_alone(post, role)]
        for post, name in holders[1:]:
            row = rows.get(name, 0)
            sentence = HELD.format(person=holders[0][1])
            seen.wrong.append(WrongStaffCell(reading.layout.cell("roles", row), post.title, sentence, row))


def _holds_alone(post: Appointment, role: Role) -> bool:
    return (post.role, post.kind, post.ends) == (role.value, Appointment.Kind.DEFINITIVE, None)


def _tell_absent(seen: StaffPreview, matcher: StaffMatcher) -> None:
    """Who serves today and is not in the file stays as they are."""
    today = timezone.localdate()
    absent = [
        person.name
        for person in matcher.roster.people
        if person.pk not in matcher.used
        and any(post.is_in_force(today) for post in matcher.roster.posts[person.pk])
    ]
    if absent and not seen.questions:
        named = ", ".join(absent[:MOST_NAMED]) + (", dan lainnya" if len(absent) > MOST_NAMED else "")
        seen.remarks.append(ended(f"{len(absent)} pegawai tidak ada pada berkas dan tidak diubah: {named}"))


@transaction.atomic
def apply_staff(
    unit: Unit, reading: StaffReading, actor: Person, shown: str, answers: Mapping[str, str] | None = None
) -> StaffPreview:
    """Write the file. PermissionDenied without the role; Incomplete if anything is wrong or unanswered; Stale if it is no longer what was `shown`."""
    if not may_manage_people.test(actor, Appointment(unit=unit)):
        raise PermissionDenied
    Unit.objects.select_for_update().get(pk=unit.pk)
    seen = compare_staff(unit, reading, actor, answers)
    if seen.wrong:
        raise Incomplete(*shorten([f"{wrong.cell}: {wrong.sentence}" for wrong in seen.wrong], "sel"))
    if seen.questions:
        raise Incomplete(UNANSWERED)
    if seen.digest != shown:
        raise Stale(CHANGED)
    try:
        with transaction.atomic():
            _write(seen.comparisons)
    except IntegrityError as error:
        raise Stale(CHANGED) from error
    logger.info(
        "unit %s: %s people new, %s changed by %s", unit.pk, len(seen.new), seen.changed_people, actor.pk
    )
    return seen


def _write(comparisons: list[StaffComparison]) -> None:
    """People first, then the posts that end, then those that begin; a new account can't be logged into yet."""
    fresh = [made.person for made in comparisons if not made.person.pk]
    for person in fresh:
        person.set_unusable_password()
        person.must_change_password = True
    Person.objects.bulk_create(fresh)
    changed = [made.person for made in comparisons if made.facts]
    Person.objects.bulk_update(changed, ["name", "nip", "grade", "email"])
    altered = list({post.pk: post for made in comparisons for post in made.altered}.values())
    Appointment.objects.bulk_update(altered, ["title", "chairs", "decree", "ends"])
    Appointment.objects.bulk_create(post for made in comparisons for post in made.begun)
