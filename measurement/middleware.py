"""Refusals as pages: what a door refuses is shown as a sentence that says what to do, with the right status, and nothing half written."""

from django.db import OperationalError
from django.shortcuts import render

from .refusals import Refusal

RETRY_SECONDS = 10


class RefusalMiddleware:
    """Turns a Refusal that no view handled into its page, and a busy database into 503 with Retry-After."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refusal):
            return render(request, "409.html", {"sentences": exception.sentences}, status=exception.status)
        if isinstance(exception, OperationalError):
            response = render(request, "503.html", status=503)
            response["Retry-After"] = str(RETRY_SECONDS)
            return response
        return None
