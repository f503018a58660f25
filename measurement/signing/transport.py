"""One HTTP request to a provider whose answer matters so much that it is never repeated by itself.

What was certainly not sent is told apart from what may have arrived. No redirect is followed and no proxy asked: either would carry a passphrase
elsewhere. What http.client says about a failure is dropped, because it may quote what was sent or answered.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.views.decorators.debug import sensitive_variables

MOST_BYTES = 64 * 1024**2  # of an answer
TOO_LATE = "tidak ada jawaban sampai batas waktu"
BROKEN_OFF = "sambungannya terputus sebelum jawaban lengkap"
TOO_LARGE = "jawabannya terlalu besar"


class NotSent(Exception):
    """Nothing but a greeting left this machine; the sentence says why."""


class NoAnswer(Exception):
    """The request was sent, perhaps only in part, and no whole answer came; the sentence says what happened."""


@dataclass(frozen=True)
class Call:
    """What is to be sent: below the provider's address, `body` with everything secret in it."""

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ProviderAnswer:
    """A whole answer. `headers` has their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@sensitive_variables()
def exchange(
    url: str, call: Call, seconds: int, address: str = "", most_bytes: int = MOST_BYTES
) -> ProviderAnswer:
    """Send one request below `url` and read its answer. Connecting and the whole exchange may each take `seconds`. With an `address` that was looked up and
    judged before, the connection goes there and the name isn't looked up again."""
    connection = _connected(url, seconds, address)
    is_late = threading.Event()
    # The socket's own time-out begins anew with every byte: an answer that drips would hold the process for ever.
    clock = threading.Timer(seconds, _cut, [connection.sock, is_late])
    clock.start()
    try:
        return _answered(connection, urlsplit(url).path.rstrip("/"), call, is_late, most_bytes)
    except NoAnswer:
        raise
    except Exception as failure:  # whatever went wrong after the first byte: it may have arrived
        too_late = isinstance(failure, TimeoutError) or is_late.is_set()
        raise NoAnswer(TOO_LATE if too_late else BROKEN_OFF) from None
    finally:
        clock.cancel()
        connection.close()


def _connected(url: str, seconds: int, address: str = "") -> http.client.HTTPConnection:
    """A connection to the provider's own certificate, nothing sent yet."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            host, parts.port, timeout=seconds, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=seconds)
    try:
        _connect(connection, address)
    except ssl.SSLError:
        raise NotSent(
            "Sambungan ke penyelenggara tidak aman: sertifikat servernya tidak dapat dipercaya."
        ) from None
    except (OSError, UnicodeError):
        raise NotSent("Penyelenggara tidak dapat dihubungi dari server ini.") from None
    return connection


def _connect(connection: http.client.HTTPConnection, address: str) -> None:
    """Open the line; to a known address with the certificate of the name all the same."""
    if not address:
        connection.connect()
        return
    line = socket.create_connection((address, connection.port), connection.timeout)
    if isinstance(connection, http.client.HTTPSConnection):
        line = ssl.create_default_context().wrap_socket(line, server_hostname=connection.host)
    connection.sock = line


def _cut(line: socket.socket, is_late: threading.Event) -> None:
    """End an exchange that takes too long, however slowly it goes on."""
    is_late.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


@sensitive_variables()
def _answered(
    connection: http.client.HTTPConnection, base: str, call: Call, is_late: threading.Event, most_bytes: int
) -> ProviderAnswer:
    # it may have refused before it read everything; then its answer lies ready
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.request(call.method, base + call.path, call.body, dict(call.headers))
    with connection.getresponse() as response:
        if response.length is not None and response.length > most_bytes:
            raise NoAnswer(TOO_LARGE)
        body = response.read(most_bytes + 1)
        if len(body) > most_bytes:
            raise NoAnswer(TOO_LARGE)
        if response.length or (response.length is None and is_late.is_set()):
            raise NoAnswer(BROKEN_OFF if response.length else TOO_LATE)
        return ProviderAnswer(
            response.status, {name.lower(): value for name, value in response.getheaders()}, body
        )
