"""The built guide is served before any view is asked, so what guards pages doesn't reach it: it gets its content security policy here."""

from wsgiref.headers import Headers

GUIDE = "/panduan/"
# The theme writes a few lines of script into each page; nothing comes from other hosts.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def guard_guide(headers: Headers, path: str, url: str) -> None:
    if url.startswith(GUIDE):
        headers["Content-Security-Policy"] = POLICY
