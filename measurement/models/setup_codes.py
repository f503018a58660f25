"""The one-time code with which whoever keeps the server makes the first administrator of an empty installation."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read as something else
GROUPS, LENGTH = 4, 4  # 80 bits
VALID_FOR = timedelta(hours=24)
MOST_FAILURES = 10


class SetupCodeQuerySet(models.QuerySet["SetupCode"]):
    def usable(self) -> "SetupCodeQuerySet":
        return self.filter(used_at=None, expires_at__gt=timezone.now(), failures__lt=MOST_FAILURES)

    def was_used(self, code: str) -> bool:
        return self.filter(digest=code_digest(code)).exclude(used_at=None).exists()


class SetupCode(models.Model):
    """Kept as its hash only, in the database, so that every process of the server knows it. The newest is the only one."""

    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    objects = SetupCodeQuerySet.as_manager()

    def __str__(self):
        return f"sampai {self.expires_at:%d-%m-%Y %H.%M}"

    @classmethod
    def make(cls) -> str:
        """A new code in place of any other; told once, to be printed on the console."""
        code = "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
        cls.objects.all().delete()
        cls.objects.create(digest=code_digest(code), expires_at=timezone.now() + VALID_FOR)
        return code

    @classmethod
    def claim(cls, code: str) -> bool:
        """Use the code up, inside the caller's transaction. Of two who claim it at once, one gets it: the other's update finds it used."""
        return bool(cls.objects.usable().filter(digest=code_digest(code)).update(used_at=timezone.now()))

    @classmethod
    def fits(cls, code: str) -> bool:
        """Whether this is the code, without using it. A wrong one is counted, and after ten the code is worth nothing any more."""
        if cls.objects.usable().filter(digest=code_digest(code)).exists():
            return True
        cls.objects.usable().update(failures=F("failures") + 1)
        return False


def code_digest(code: str) -> str:
    """SHA-256 of the letters, however they were typed; with 80 bits of chance it needs no slower one."""
    return hashlib.sha256("".join(filter(str.isalnum, code.upper())).encode()).hexdigest()
