"""Which machines an office tells what happens, and every delivery: written with the act that it tells of, sent after it."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Q

from .organisation import Unit
from .people import Person


class OfSubscribers(models.QuerySet):
    def visible_to(self, person: Person) -> Self:
        return self.filter(unit_id__in=person.served_units)


class WebhookSubscription(models.Model):
    """`sealed` is the secret by which deliveries are signed, locked with the server's own (signing/sealing.py)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="webhooks")
    url = models.URLField("alamat penerima", max_length=500)
    events = models.JSONField(default=list)
    sealed = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = OfSubscribers.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "webhook", "webhook"
        ordering = ["-pk"]

    def __str__(self):
        return self.url


class DeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def visible_to(self, person: Person) -> "DeliveryQuerySet":
        return self.filter(subscription__unit_id__in=person.served_units)

    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(state=WebhookDelivery.State.WAITING, subscription__ended_at=None)


def new_message_id() -> str:
    """By which a receiver knows a delivery again that comes a second time."""
    return f"msg_{secrets.token_hex(16)}"


class WebhookDelivery(models.Model):
    """One message to one receiver. `due_at` is when it is tried next; whoever tries it puts that off first, so that nobody else does."""

    class State(models.TextChoices):
        WAITING = "menunggu", "Menunggu dikirim"
        DELIVERED = "terkirim", "Terkirim"
        DEAD = "gagal", "Gagal, tidak dicoba lagi"

    subscription = models.ForeignKey(WebhookSubscription, models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=40, unique=True, default=new_message_id)
    event = models.CharField(max_length=30)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "kiriman webhook", "kiriman webhook"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="menunggu"), name="webhook_waiting")]

    def __str__(self):
        return f"{self.event} {self.get_state_display()}"
