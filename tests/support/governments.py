"""A government over offices of the tests, and the people in its posts."""

from dataclasses import dataclass
from datetime import date

from measurement.models import Government, GovernmentPost, Person, Unit
from measurement.rules.government_posts import GovernmentRole


@dataclass
class Above:
    """A government with somebody in every post."""

    government: Government
    people: dict[GovernmentRole, Person]

    def __getitem__(self, role: GovernmentRole) -> Person:
        return Person.objects.get(pk=self.people[role].pk)


def holder(government: Government, role: GovernmentRole, name: str = "") -> Person:
    name = name or f"{role.value}{government.pk}"
    made = Person.objects.create_user(
        name, password=f"sandi-{name}-2026", name=name.capitalize(), has_posts=True
    )
    GovernmentPost.objects.create(
        government=government, person=made, role=role.value, title=role.label, starts=date(2020, 1, 1)
    )
    return made


def government_over(*offices: Unit, name: str = "Pemerintah Kabupaten Uji") -> Above:
    made = Government.objects.create(name=name, short_name=name.removeprefix("Pemerintah "))
    Unit.objects.filter(pk__in=[office.pk for office in offices]).update(belongs_to=made)
    for office in offices:
        office.belongs_to = made
    return Above(made, {role: holder(made, role) for role in GovernmentRole})
