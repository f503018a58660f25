"""With what machines of others come in: a token of one office, kept as its hash only."""

import hashlib
from datetime import datetime

from django.db import models
from django.utils import timezone

from measurement.rules.machine_access import Scope

from .organisation import Unit
from .people import Person


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, person: Person) -> "ApiTokenQuerySet":
        return self.filter(unit_id__in=person.served_units)

    def usable(self, now: datetime) -> "ApiTokenQuerySet":
        """Those that still open something."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class ApiToken(models.Model):
    """`tail` are its last letters, by which people know it again. `minute` and `used` count its requests (api/bearer.py)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="api_tokens")
    name = models.CharField("kegunaan", max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    tail = models.CharField(max_length=8)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField("berlaku sampai")
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    minute = models.PositiveIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "token API", "token API"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="api_token_ends"
            )
        ]

    def __str__(self):
        return f"{self.name} (…{self.tail})"

    @property
    def served_units(self) -> set[int]:
        """What it sees, as a person's units say what they see: querysets take it for one (`visible_to`)."""
        return {self.unit_id}

    @property
    def read_governments(self) -> frozenset[int]:
        """None: a token is of one office."""
        return frozenset()

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def allows(self, scope: Scope) -> bool:
        return scope.value in self.scopes

    @property
    def scope_list(self) -> list[Scope]:
        """Its scopes in the order in which they are offered."""
        return [scope for scope in Scope if self.allows(scope)]


def token_digest(secret: str) -> str:
    """SHA-256: the secret is 32 random bytes, so that no slow hash is needed and its row is found by it."""
    return hashlib.sha256(secret.encode()).hexdigest()
