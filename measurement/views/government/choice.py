"""Which government the pages above the offices are about: the only one for most who have a post; else by `?pemerintah=`."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from measurement.models import Government
from measurement.rules.numbers import parse_key

from ..visitor import PersonRequest


def chosen_government(request: PersonRequest) -> Government:
    """One in which the visitor holds a post today. PermissionDenied where there is none, 404 for one that is not theirs."""
    governments = {post.government_id: post.government for post in request.user.posts_in_force}
    if not governments:
        raise PermissionDenied
    asked = request.GET.get("pemerintah")
    if asked is None:
        return next(iter(governments.values()))
    return get_object_or_404(Government.objects.visible_to(request.user), pk=parse_key(asked))


def government_query(request: PersonRequest, government: Government) -> str:
    """What links add to stay with the one chosen; empty for most."""
    several = len({post.government_id for post in request.user.posts_in_force}) > 1
    return f"?pemerintah={government.pk}" if several else ""
