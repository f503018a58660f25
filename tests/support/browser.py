"""A real server on loopback with its own database, and a real browser: what the browser tests stand on."""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Self

from tests.support.template_database import template

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "demo-sakip-2026"
# without a window that nobody sees: half the work for the machine
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
START_SECONDS = 60


def environment(folder: Path) -> dict[str, str]:
    """Settings of an installation whose files all lie in this folder."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "sakip.settings",
        "SAKIP_ENV": os.devnull,
        "SECRET_KEY": "browser-tests-" + "x" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "false",
        "DEMONSTRATION": "true",
        "DATABASE_URL": f"sqlite:///{folder / 'sakip.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
    }


def demonstration(shared: Path) -> Path:
    """The demonstration office, loaded by its command once for all workers of a test run; to be copied, never served itself."""
    folder = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            shutil.copy(template(), folder / "sakip.sqlite3")
            for command in (
                ["collectstatic", "--noinput", "--verbosity", "0"],
                ["load_demo", "--quiet"],
            ):
                subprocess.run(
                    [sys.executable, "manage.py", *command], cwd=ROOT, env=environment(folder), check=True
                )
            (folder / "ready").touch()
    return folder


class Server:
    """A copy of the demonstration office, served by gunicorn as `make run` does."""

    def __init__(self, folder: Path, loaded: Path):
        self.folder, self.environment = folder, environment(folder)
        shutil.copytree(loaded, folder, dirs_exist_ok=True)
        self.address = ""

    def __enter__(self) -> Self:
        """Serve, and go on once it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        gunicorn = [
            sys.executable,
            "-m",
            "gunicorn",
            "sakip.wsgi",
            "--bind",
            address,
            "--worker-class",
            "gthread",
            "--threads",
            "4",
        ]
        with (self.folder / "server.log").open("wb") as log:
            self.process = subprocess.Popen(
                [*gunicorn, "--no-control-socket"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        self.address = f"http://{address}"
        self._wait(f"{self.address}/masuk/")
        return self

    def _wait(self, url: str) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(url):
                    return
            except OSError:
                time.sleep(0.2)
        self.__exit__()
        raise RuntimeError((self.folder / "server.log").read_text())

    def __exit__(self, *exception) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


class Visitor:
    """One person in the browser; without a name a stranger. `options` are those of a browser context."""

    def __init__(self, browser, address: str, username: str = "", **options):
        self.context = browser.new_context(
            locale="id-ID", viewport={"width": 1366, "height": 800}, accept_downloads=True, **options
        )
        self.page = self.context.new_page()
        self.problems: list[str] = []
        self.page.on("console", self.listen)
        self.address, self.clicks = address, 0
        if username:
            self.log_in(username)

    def log_in(self, username: str) -> None:
        self.go("/masuk/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.follow(self.page.locator("main button[type=submit]"))

    def listen(self, message) -> None:
        """Errors of the console: scripts, refused requests, the content security policy. A refused form (422) is no fault."""
        if message.type == "error" and "422" not in message.text:
            self.problems.append(message.text)

    def go(self, path: str):
        """Open an address; clicks are counted from here."""
        self.clicks = 0
        return self.page.goto(self.address + path)

    def follow(self, locator) -> None:
        """Click what leads to another page and wait until that page is there: a click alone returns while the old one still stands."""
        self.clicks += 1
        with self.page.expect_navigation():
            locator.click()

    def click(self, name: str) -> None:
        """A button or link by the words on it."""
        button = self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        )
        self.follow(button.first)

    def take(self, title: str | re.Pattern) -> None:
        """The task with this title, by its one button."""
        self.follow(self.page.locator("article.task", has_text=title).locator("a"))

    def unfold(self) -> None:
        """Open everything that is folded on this page."""
        self.page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def leave(self) -> None:
        assert self.problems == []
        self.context.close()
