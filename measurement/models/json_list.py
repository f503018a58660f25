"""A few facts of many rows as one column, for what every page asks: a list costs no query of its own."""

from django.db.models import Aggregate, Func, JSONField, QuerySet, Subquery, Value


class JsonArray(Func):
    """The columns of a row as one JSON list; Django's own object of the kind asks the database first whether it knows JSON."""

    function = "JSON_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="JSONB_BUILD_ARRAY", **extra)


class JsonList(Aggregate):
    """The values of a group as one JSON list."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


def listed_as_json(queryset: QuerySet, *columns: str) -> Subquery:
    """These columns of each row of a queryset, as a list of lists; None where there is no row."""
    grouped = queryset.order_by().annotate(all=Value(1)).values("all")
    return Subquery(grouped.annotate(found=JsonList(JsonArray(*columns))).values("found"))
