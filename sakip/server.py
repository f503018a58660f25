"""The web server (gunicorn), and beside it the processes that do long work: started with it, started again when they die, ended with it.

Run as `python -m sakip.server JOBS sakip.wsgi …`, the rest being gunicorn's own arguments.
"""

import os
import signal
import subprocess
import sys
import time

from gunicorn.app.wsgiapp import WSGIApplication
from gunicorn.arbiter import Arbiter

LEAST_SECONDS = 5  # between two starts: one that can't live takes no processor


class Jobs:
    """As many processes as wanted. They are children of the web server, whose loop looks after them every second."""

    def __init__(self, wanted: int):
        self.wanted = wanted
        self.started: list[float] = [0.0] * wanted
        self.running: list[subprocess.Popen | None] = [None] * wanted

    def look_after(self) -> None:
        for place, process in enumerate(self.running):
            is_gone = process is None or process.poll() is not None
            if is_gone and time.monotonic() - self.started[place] > LEAST_SECONDS:
                self.started[place] = time.monotonic()
                # fixed command, no shell; a session of its own, so that Ctrl+C reaches it only through the server
                self.running[place] = subprocess.Popen(
                    [sys.executable, "-m", "django", "work", "--beside", str(os.getpid())],
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,
                )

    def tell(self, number: signal.Signals) -> None:
        for process in self.alive:
            process.send_signal(number)

    @property
    def alive(self) -> list[subprocess.Popen]:
        return [process for process in self.running if process and process.poll() is None]

    def end(self, until: float) -> None:
        """They finish what they are at; what takes too long is taken up again by the next ones."""
        while self.alive and time.monotonic() < until:
            time.sleep(0.1)
        self.tell(signal.SIGKILL)


class OfficeArbiter(Arbiter):
    """gunicorn's own, which has to know of other children than its workers."""

    def __init__(self, app: WSGIApplication, jobs: Jobs):
        self.jobs = jobs
        super().__init__(app)

    def manage_workers(self) -> None:
        super().manage_workers()
        self.jobs.look_after()

    def reload(self) -> None:
        self.jobs.tell(signal.SIGTERM)
        super().reload()

    def stop(self, graceful: bool = True) -> None:
        until = time.monotonic() + self.cfg.graceful_timeout
        self.jobs.tell(signal.SIGTERM)
        super().stop(graceful)
        self.jobs.end(until)


class OfficeServer(WSGIApplication):
    jobs = Jobs(0)

    def run(self) -> None:
        OfficeArbiter(self, self.jobs).run()


if __name__ == "__main__":
    OfficeServer.jobs = Jobs(int(sys.argv.pop(1)))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings")
    OfficeServer("%(prog)s [OPTIONS] [APP_MODULE]", prog="gunicorn").run()
