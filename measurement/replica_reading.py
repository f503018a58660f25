"""Pages that may be read from a replica (sakip/replica.py): overviews, reports and search. They write nothing and decide nothing.

Whoever sent a form reads from the primary for REPLICA_SECONDS, which a cookie remembers; a replica that is further behind than that is not read at all.
So everybody sees what they have just done. What others did may be missing for a moment, and the page says so when it is more than a few seconds.
"""

import logging

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error

from sakip.replica import from_replica, leave_replica, seconds_behind

logger = logging.getLogger(__name__)

FROM_REPLICA = frozenset(
    {
        *("achievement", "trends", "years", "chart_data", "chart_picture", "coverage"),
        *("recap", "sub_unit_recap", "recap_xlsx", "sub_unit_recap_xlsx", "e81_xlsx", "neighbours_xlsx"),
        *("office_working", "branch_working", "row_working", "report", "radar", "revisions"),
        *("archive", "number_register", "register_csv", "search", "jump"),
    }
)
SAFE = ("GET", "HEAD")
SENT = "sakip_baru_mengirim"


class ReplicaMiddleware:
    """The innermost, so that who asks is settled. What doesn't come off on the replica, for whatever reason, is asked once more as if there were none."""

    def __init__(self, get_response):
        if not settings.REPLICA_URL:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method not in SAFE:
            options = {"httponly": True, "samesite": "Lax", "secure": settings.HTTPS}
            response.set_cookie(SENT, "1", max_age=settings.REPLICA_SECONDS, **options)
        return response

    def process_view(self, request, view, args, kwargs):
        if (
            request.method not in SAFE
            or request.resolver_match.url_name not in FROM_REPLICA
            or SENT in request.COOKIES
            or seconds_behind() > settings.REPLICA_SECONDS
        ):
            return None
        try:
            with from_replica():
                return view(request, *args, **kwargs)
        except Error as error:
            logger.warning("the replica failed, the primary is asked: %s", error)
            leave_replica()
        except Exception as error:
            # such as a 404 for what has not come there yet; the primary decides
            logger.info("not answered by the replica: %s", error)
        return None
