"""Numbers of rows as columns of another query, so that they cost none of their own."""

from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce


def count_column(queryset):
    """The number of a correlated queryset's rows as a column."""
    return Coalesce(
        Subquery(queryset.order_by().values("cycle").annotate(number=Count("pk")).values("number")), 0
    )


def number_column(queryset, what: str = "pk"):
    """How many different ones an uncorrelated queryset has, as a column, so that it costs no query of its own."""
    return Coalesce(
        Subquery(
            queryset.order_by()
            .annotate(all=Value(1))
            .values("all")
            .annotate(number=Count(what, distinct=True))
            .values("number")
        ),
        0,
    )
