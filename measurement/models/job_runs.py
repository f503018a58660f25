"""When the installation's regular jobs last ran: reminders, backups, checks. One row per job, so that a job which stopped is seen."""

from typing import Self

from django.db import models
from django.utils import timezone


class JobRun(models.Model):
    """The last run of one regular job; `name` is that of its management command."""

    name = models.CharField(max_length=40, unique=True)
    finished_at = models.DateTimeField()
    succeeded = models.BooleanField()
    note = models.CharField(max_length=250, blank=True)
    # when it last went well, whatever came after
    succeeded_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.name} {self.finished_at:%d-%m-%Y %H.%M}"

    @classmethod
    def record(cls, name: str, *, succeeded: bool = True, note: str = "") -> Self:
        """Note that the job has just ended."""
        now = timezone.now()
        values = {"finished_at": now, "succeeded": succeeded, "note": note[:250]}
        if succeeded:
            values["succeeded_at"] = now
        run, _ = cls.objects.update_or_create(name=name, defaults=values)
        return run
