"""A receiver of webhooks on this machine, which keeps what it gets and answers as it is told."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

POLL = 0.01


@dataclass
class Receiver:
    """`status` is what it answers next; `moved` leads elsewhere; `hangs` says nothing until it is released."""

    status: int = 200
    hangs: bool = False
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    @property
    def bodies(self) -> list[dict]:
        return [json.loads(body) for _, body in self.got]

    def verified(self, secret: str) -> bool:
        """Whether every delivery was signed with this secret, checked as a receiver does that knows only Standard Webhooks."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        for headers, body in self.got:
            signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
            wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
            if headers["webhook-signature"] != f"v1,{wanted}":
                return False
        return bool(self.got)


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            if receiver.hangs:
                receiver.released.wait(20)
                return
            self.send_response(receiver.status)
            if receiver.status == 302:
                self.send_header("Location", f"{receiver.url}/lain")
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=[POLL])
        thread.start()
        yield receiver
        receiver.released.set()
        server.shutdown()
        thread.join()
