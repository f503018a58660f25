"""Who there is: the people of an office with their posts, who of them it keeps, and which names and numbers belong to others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from measurement.models import Appointment, Person, Unit

from .names import name_without_titles


@dataclass
class Roster:
    """An office's people, found by number, user name, name or e-mail. `posts` are person id → appointments in this office, ended ones too."""

    unit: Unit
    people: list[Person]
    posts: dict[int, list[Appointment]]
    kept: set[int]
    elsewhere: set[str]  # numbers of the file that belong to people of other offices
    usernames: set[str]  # all of the installation, in small letters

    @classmethod
    def of(cls, unit: Unit, numbers: Iterable[str]) -> "Roster":
        return next(cls.of_offices([unit], numbers))

    @classmethod
    def of_offices(cls, units: Sequence[Unit], numbers: Iterable[str]) -> "Iterator[Roster]":
        """One for each office, in their order. What the file takes of user names in one of them is taken in the others."""
        registered = dict(Person.objects.filter(nip__in=set(numbers)).values_list("nip", "pk"))
        usernames = {name.lower() for name in Person.objects.values_list("username", flat=True)}
        for unit in units:
            own = Appointment.objects.filter(unit=unit).order_by("starts")
            people = list(
                Person.objects.of_unit(unit)
                .order_by("name", "pk")
                .prefetch_related(Prefetch("appointments", own, to_attr="posts_here"))
            )
            mine = {person.pk for person in people}
            yield cls(
                unit,
                [*people],
                {person.pk: list(person.posts_here) for person in people},
                set(Person.objects.kept_by(unit).values_list("pk", flat=True)),
                {str(number) for number, key in registered.items() if key not in mine},
                usernames,
            )

    def __post_init__(self):
        self.by_number = {person.nip: person for person in self.people if person.nip}
        self.by_username = {person.username.lower(): person for person in self.people}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self.by_mail: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            self.by_name[name_without_titles(person.name)].append(person)
            if person.email:
                self.by_mail[person.email.lower()].append(person)

    def similar(self, name: str, email: str) -> list[Person]:
        """Those who have this name or this e-mail."""
        found = [*self.by_name.get(name_without_titles(name), ()), *self.by_mail.get(email.lower(), ())]
        return list(dict.fromkeys(found))
