"""What people are told: messages in the application, which e-mail carries on."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .cycle import MeasurementCycle
from .people import Person


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, person: Person) -> "MessageQuerySet":
        return self.filter(person=person)

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at=None)

    def mark_read(self) -> int:
        return self.unread().update(read_at=timezone.now())


class Message(models.Model):
    """One message to one person. `key` names what it is about: the same person is never told the same thing twice."""

    class Kind(models.TextChoices):
        TURN = "giliran", "Giliran Anda"
        RETURNED = "dikembalikan", "Dikembalikan"
        REMINDER = "pengingat", "Pengingat"
        LATE = "terlambat", "Terlambat"
        REPORT = "laporan", "Laporan"
        DONE = "selesai", "Selesai"
        HANDOVER = "serah_terima", "Serah terima"
        REMARK = "catatan", "Catatan baris"
        FOLLOW_UP = "tindak_lanjut", "Tindak lanjut"
        WITHDRAWAL = "pencabutan", "Pencabutan"
        EXTENSION = "perpanjangan", "Perpanjangan"

    person = models.ForeignKey(Person, models.CASCADE, related_name="messages")
    cycle = models.ForeignKey(MeasurementCycle, models.CASCADE, null=True, related_name="messages")
    kind = models.CharField(max_length=15, choices=Kind)
    key = models.CharField(max_length=80)
    subject = models.CharField("perihal", max_length=250)
    text = models.TextField("isi")
    url = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "pesan", "pesan"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="message_of_person"),
            models.Index(fields=["created_at"], condition=Q(mailed_at=None), name="message_to_mail"),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="message_once")]

    def __str__(self):
        return f"{self.person}: {self.subject}"
