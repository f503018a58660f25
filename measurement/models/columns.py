"""What a column of a model is called and how much it holds."""

from django.db import models


def column_label(model: type[models.Model], name: str) -> str:
    """The label of a field, as people read it."""
    return str(_column(model, name).verbose_name)


def column_length(model: type[models.Model], name: str) -> int | None:
    """The most characters that a field holds; None for one without a limit."""
    return _column(model, name).max_length


def _column(model: type[models.Model], name: str) -> models.Field:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {model.__name__}")
    return field
