"""What people typed and have not sent yet, and which forms arrived already: so that nothing typed is lost and nothing is done twice."""

from typing import Self

from django.db import models

from .people import Person


class FormDraft(models.Model):
    """One person's draft of one form. `page` and `action` are addresses without what only filters a list (rules/form_drafts.py).

    `fields` is a list of name, label, texts as typed, and what the page showed when it was typed over (`over`): where that has changed since,
    somebody else saved something, and both are shown.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    page = models.CharField(max_length=300)
    form = models.CharField(max_length=300)
    action = models.CharField(max_length=300)
    fields = models.JSONField("isian", default=list)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = "draf isian", "draf isian"
        ordering = ["saved_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "page", "form"], name="draft_of_form")]
        indexes = [models.Index(fields=["saved_at"], name="draft_by_age")]

    def __str__(self):
        return f"{self.person}: {self.page}"


class SentFormQuerySet(models.QuerySet["SentForm"]):
    def done(self) -> Self:
        return self.exclude(done_at=None)


class SentForm(models.Model):
    """A form that somebody sent. `key` is made of the page's own token and of what was sent; the same is never carried out twice.

    `mark` is the part of the token by which the browser that sent it can ask whether it arrived.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    mark = models.CharField(max_length=16)
    sent_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    led_to = models.CharField(max_length=1000, blank=True)

    objects = SentFormQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "kiriman formulir", "kiriman formulir"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["person", "mark"], name="sent_form_by_mark"),
            models.Index(fields=["sent_at"], name="sent_form_by_age"),
        ]

    def __str__(self):
        return f"{self.person} {self.sent_at:%d-%m-%Y %H.%M}"
