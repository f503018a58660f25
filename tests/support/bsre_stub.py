"""A certified provider on this machine, for tests: it really signs, with a throwaway authority, and misbehaves in every way that was thought of.

It knows both versions of the API, keeps what it was asked, and counts.
"""

import base64
import json
import socket
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.support.signed_files import Authority, authority, camat, issued, resaved

NIK, PASSPHRASE = "3516010101700001", "Rahasia#Camat2026"
ACCOUNT = "Basic " + base64.b64encode(b"kantor:sandi-kantor-71").decode()
NUMBER = "b7c1d2e3-0001"
POLL = 0.01  # seconds until the stub notices that it is to stop; half a second is usual


@dataclass
class Asked:
    """One request as it arrived, whichever version."""

    path: str
    account: str
    fields: dict
    pdf: bytes


@dataclass
class Provider:
    """What the stub does next (`way`), and what it was asked so far."""

    way: str = "signs"
    asked: list[Asked] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    faults: list[BaseException] = field(default_factory=list)
    url: str = ""

    @property
    def signings(self) -> list[Asked]:
        return [one for one in self.asked if one.path.endswith("/sign/pdf")]


def sign(pdf: bytes, by: Authority | None = None) -> bytes:
    """The file as the provider returns it."""
    by = by or authority()
    return by.sign(
        pdf, camat() if by is authority() else by.official("Camat"), f"BSrE-{pdf.count(b'/ByteRange')}"
    )


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.provider.asked.append(Asked(self.path, self.headers.get("Authorization", ""), {}, b""))
        if self.provider.way == "names_lost_number":
            return self.fail(404, "Dokumen tidak ditemukan")
        return self.answer(200, sign(self.provider.signings[-1].pdf), "application/pdf")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked = _read(self.path, self.headers, body)
        self.provider.asked.append(asked)
        if asked.account != ACCOUNT:
            return self.fail(401, "Unauthorized")
        if asked.fields["passphrase"] != PASSPHRASE:
            return self.fail(400, "Passphrase anda salah !!!", 2031)
        return getattr(self, self.provider.way)(asked)

    # Ways to answer a request with the right account and passphrase

    def signs(self, asked: Asked):
        self.give(asked, sign(asked.pdf))

    def returns_unsigned(self, asked: Asked):
        self.give(asked, asked.pdf)

    def returns_another(self, asked: Asked):
        self.give(asked, sign(issued(text="Naskah lain")))

    def returns_rewritten(self, asked: Asked):
        self.give(asked, sign(resaved(asked.pdf)))

    def returns_changed(self, asked: Asked):
        self.give(asked, sign(asked.pdf) + b"\n% tambahan")

    def returns_broken(self, asked: Asked):
        self.give(asked, sign(asked.pdf)[:-200])

    def signs_twice(self, asked: Asked):
        self.give(asked, sign(sign(asked.pdf)))

    def signs_with_own_authority(self, asked: Asked):
        self.give(asked, sign(asked.pdf, Authority("BSrE")))

    def names_number(self, asked: Asked):
        self.answer(200, b"", "application/pdf", {"id_dokumen": NUMBER})

    names_lost_number = names_number

    def fails(self, asked: Asked):
        self.fail(500, "Internal Server Error")

    def fails_with_code(self, asked: Asked):
        self.fail(500, "Proses signing gagal", 2031)

    def is_away(self, asked: Asked):
        self.fail(503, "Service Unavailable")

    def does_not_know(self, asked: Asked):
        self.fail(
            400,
            f"NIK {asked.fields['nik']} tidak terdaftar\n\x1b[31m!!! ({asked.fields['passphrase']})",
            2011,
        )

    def has_expired(self, asked: Asked):
        self.fail(
            400,
            f"Sertifikat {asked.fields['nik']} \x07kedaluwarsa,\nsandi {asked.fields['passphrase']} {'x' * 5000}",
            2021,
        )

    def is_elsewhere(self, asked: Asked):
        self.answer(404, b"<html>Not Found</html>", "text/html")

    def has_moved(self, asked: Asked):
        self.answer(301, b"", "text/html", {"Location": self.provider.url + "/lain/"})

    def was_found(self, asked: Asked):
        self.answer(302, b"", "text/html", {"Location": self.provider.url + "/hasil/"})

    def answers_html(self, asked: Asked):
        self.answer(200, b"<html><title>Masuk</title></html>", "text/html")

    def answers_strange_json(self, asked: Asked):
        self.answer(
            200, json.dumps({"file": [7], "status_code": [1], "error": {"a": 1}}).encode(), "application/json"
        )

    def answers_deep_json(self, asked: Asked):
        self.answer(200, b"[" * 200_000, "application/json")

    def hangs(self, asked: Asked):
        self.provider.released.wait(20)

    def drips(self, asked: Asked):
        """One letter at a time, each well before any time-out."""
        for letter in b"HTTP/1.1 200 OK\r\nX-Lama: " + b"x" * 400:
            if self.provider.released.wait(0.05):
                return
            self.wfile.write(bytes([letter]))

    def hangs_up(self, asked: Asked):
        self.connection.shutdown(socket.SHUT_RDWR)

    def breaks_off(self, asked: Asked):
        self.answer(200, sign(asked.pdf), "application/pdf", {"Content-Length": "9999999"})

    def announces_5_gb(self, asked: Asked):
        self.answer(200, b"%PDF-", "application/pdf", {"Content-Length": str(5 * 1024**3)})

    def sends_endless_headers(self, asked: Asked):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Banyak: ya\r\n" * 500 + b"\r\n")

    # How answers are put

    def give(self, asked: Asked, pdf: bytes):
        """A file, as the version that was asked gives it."""
        if asked.path.startswith("/klien/api/v2/"):
            self.answer(
                200,
                json.dumps({"time": 812, "file": [base64.b64encode(pdf).decode()]}).encode(),
                "application/json",
            )
        else:
            self.answer(200, pdf, "application/pdf", {"id_dokumen": NUMBER})

    def fail(self, status: int, error: str, code: int | None = None):
        self.answer(
            status, json.dumps({"error": error, "status_code": code or status}).encode(), "application/json"
        )

    def answer(self, status: int, body: bytes, kind: str, more: dict | None = None):
        headers = {"Content-Type": kind, "Content-Length": str(len(body))} | (more or {})
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True


class Server(ThreadingHTTPServer):
    """Keeps what goes wrong in the stub itself; that somebody hangs up on it is part of the play."""

    provider: Provider

    def handle_error(self, request, client_address):
        fault = sys.exc_info()[1]
        if not isinstance(fault, OSError):
            self.provider.faults.append(fault)


def _read(path: str, headers: Message, body: bytes) -> Asked:
    account = headers.get("Authorization", "")
    if path.startswith("/klien/api/v2/"):
        fields = json.loads(body)
        [pdf] = fields.pop("file")
        return Asked(path, account, fields | fields.pop("signatureProperties")[0], base64.b64decode(pdf))
    whole = BytesParser().parsebytes(
        b"Content-Type: " + headers["Content-Type"].encode() + b"\r\n\r\n" + body
    )
    parts = {
        part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
        for part in whole.get_payload()
    }
    pdf = parts.pop("file")
    return Asked(path, account, {name: value.decode() for name, value in parts.items()}, pdf)


@contextmanager
def running():
    """The stub, listening on this machine until the block ends."""
    provider = Provider()
    authority(), camat()  # made here, not while somebody waits for an answer
    server = Server(("127.0.0.1", 0), type("OneHandler", (Handler,), {"provider": provider}))
    server.provider = provider
    provider.url = f"http://127.0.0.1:{server.server_port}/klien"
    threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
    try:
        yield provider
    finally:
        provider.released.set()
        server.shutdown()
        server.server_close()
    assert not provider.faults
