"""Drafts of forms: kept while somebody types, gone once the form was sent. Nobody but their owner ever gets them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from measurement.models import FormDraft, Person, SentForm
from measurement.rules.form_drafts import MOST_DRAFTS, clean_fields

KEPT_DAYS, A_DAY = timedelta(days=30), timedelta(days=1)


@transaction.atomic
def keep_draft(person: Person, page: str, form: str, action: str, fields: object) -> FormDraft | None:
    """Keep what was typed, or forget the draft where nothing of it is left. The oldest goes where there are too many."""
    clean = clean_fields(fields)
    if not clean:
        drop_draft(person, page, form)
        return None
    draft, is_new = FormDraft.objects.update_or_create(
        person=person,
        page=page,
        form=form,
        defaults={"action": action, "fields": clean, "saved_at": timezone.now()},
    )
    if is_new:
        extra = FormDraft.objects.filter(person=person).order_by("-saved_at", "-pk")[MOST_DRAFTS:]
        FormDraft.objects.filter(pk__in=[one.pk for one in extra]).delete()
    _note(person)
    return draft


@transaction.atomic
def drop_draft(person: Person, page: str, form: str) -> None:
    FormDraft.objects.filter(person=person, page=page, form=form).delete()
    _note(person)


@transaction.atomic
def drop_sent(person: Person, action: str, names: Collection[str]) -> None:
    """The form with this address arrived: drafts that share a field with it are not needed any more."""
    sent = set(names)
    done = [
        draft.pk
        for draft in FormDraft.objects.filter(person=person, action=action)
        if any(field["name"] in sent for field in draft.fields)
    ]
    if done:
        FormDraft.objects.filter(pk__in=done).delete()
        _note(person)


def sweep_forms(now: datetime) -> int:
    """Forget drafts that nobody came back to for a month, and which forms arrived more than a day ago."""
    SentForm.objects.filter(sent_at__lt=now - A_DAY).delete()
    old = FormDraft.objects.filter(saved_at__lt=now - KEPT_DAYS)
    owners = set(old.values_list("person", flat=True))
    count, _ = old.delete()
    for person in Person.objects.filter(pk__in=owners):
        _note(person)
    return count


def _note(person: Person) -> None:
    """Every page asks for drafts only where there are any: the person's own row says so."""
    has_drafts = FormDraft.objects.filter(person=person).exists()
    if has_drafts != person.has_drafts:
        Person.objects.filter(pk=person.pk).update(has_drafts=has_drafts)
        person.has_drafts = has_drafts
