"""The posts above the offices of a kabupaten, kota or province: what each is called, and whether it reads what the offices keep. Pure."""

from enum import StrEnum


class GovernmentRole(StrEnum):
    """A post of the government itself. None of them acts in an office's SOP: that is for whoever serves there."""

    ADMIN = "admin"
    ORGANISATION = "organisasi"
    PLANNING = "bappeda"
    INSPECTORATE = "inspektorat"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    GovernmentRole.ADMIN: "Admin kabupaten",
    GovernmentRole.ORGANISATION: "Bagian Organisasi",
    GovernmentRole.PLANNING: "Bappeda",
    GovernmentRole.INSPECTORATE: "Inspektorat",
}
POST_CHOICES = [(role.value, role.label) for role in GovernmentRole]

# they read everything of every office; the administrator keeps offices and posts, and sees only where each office stands
READING = (GovernmentRole.ORGANISATION, GovernmentRole.PLANNING, GovernmentRole.INSPECTORATE)
SCHEDULING = frozenset({GovernmentRole.ADMIN, GovernmentRole.ORGANISATION})
