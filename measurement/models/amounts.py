"""Columns that hold what people write as numbers and as money."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

AMOUNT_LIMIT = 10**15


def amount_field(label: str, **options) -> models.DecimalField:
    """A number column that holds what people write: 15 digits before and 6 after the comma."""
    return models.DecimalField(
        label, max_digits=21, decimal_places=6, **{"null": True, "blank": True, **options}
    )


def money_field(label: str, **options) -> models.DecimalField:
    return models.DecimalField(label, max_digits=15, decimal_places=0, **options)


def weight_field() -> models.DecimalField:
    """How much a branch weighs among its siblings, where its office weighs them."""
    return models.DecimalField(
        "bobot", max_digits=7, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(0)]
    )


def is_number(field: str) -> Q:
    """Blank or a finite number: a check that NaN and infinity don't pass."""
    return Q(**{field: None}) | Q(**{f"{field}__gt": -AMOUNT_LIMIT, f"{field}__lt": AMOUNT_LIMIT})
