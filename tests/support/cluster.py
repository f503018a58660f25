"""What stands around the application where many offices use it, as real processes on loopback: PostgreSQL with a replica, two web servers, nginx."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.places import environment_of
from tests.bench.serving import flags, tree
from tests.bench.worker import ROOT, Worker
from tests.support.with_postgres import USER, as_server, binaries, free_port

PATIENCE = 120  # seconds until a trial is broken, whatever the machine does meanwhile
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
CONFIG = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    upstream sakip {{ {servers} }}
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 60m;
        location / {{
            proxy_pass http://sakip; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
            proxy_connect_timeout 5s; proxy_read_timeout 300s; proxy_next_upstream error timeout;
        }}
    }}
}}
"""


def until(holds: Callable[[], object], what: str) -> None:
    begun = time.monotonic()
    while not holds():
        if time.monotonic() - begun > PATIENCE:
            raise TimeoutError(what)
        time.sleep(0.1)


class Postgres:
    """One server, empty, or a replica of another one."""

    def __init__(self, folder: Path, primary: "Postgres | None" = None):
        self.folder, self.port, self.programs = folder, free_port(), binaries()
        self.data = folder / "data"
        folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        if primary is None:
            self._run("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8")
        else:
            source = f"host=127.0.0.1 port={primary.port} user={USER}"
            self._run("pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "-d", source)
        self.start()

    def _run(self, program: str, *words) -> None:
        done = subprocess.run(
            as_server([self.programs / program, *words]), cwd="/", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def _control(self, *words) -> None:
        # its own children must not hold our pipes
        done = subprocess.run(
            as_server([self.programs / "pg_ctl", "-D", self.data, "-w", *words]),
            cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        assert done.returncode == 0, words

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._control("-o", options, "-l", self.folder / "log", "start")

    def stop(self, mode: str = "fast") -> None:
        self._control("-m", mode, "stop")

    def address(self, name: str) -> str:
        return f"postgres://{USER}@127.0.0.1:{self.port}/{name}"

    def ask(self, query: str, name: str = "postgres"):
        import psycopg  # noqa: PLC0415 – installed only where PostgreSQL is used

        with psycopg.connect(self.address(name), autocommit=True) as connection:
            answered = connection.execute(query)
            return answered.fetchone() if answered.description else None


class Web:
    """A web server as `serve` runs it, with its worker for long work if asked."""

    def __init__(self, environment: dict[str, str], jobs: int = 0):
        self.port, self.jobs, self.environment = free_port(), jobs, environment
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "sakip.server", str(self.jobs), "tests.bench.wsgi"]
        with Path(self.environment["BENCH_LOG"]).open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *flags(f"127.0.0.1:{self.port}")],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        until(lambda: answer(self.port, "/sehat/"), "a web server")

    def kill(self) -> None:
        """All of it at once, as a machine that goes."""
        for pid in tree(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)


def answer(port: int, path: str, **headers: str) -> int:
    """The status; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(
            urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
        ) as got:
            return got.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def page(port: int, path: str, cookie: str) -> str:
    """Without the marks around what was looked for."""
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie})
    with urllib.request.urlopen(asked) as got:
        return got.read().decode().replace("<mark>", "").replace("</mark>", "")


@contextmanager
def nginx(folder: Path, webs: list[Web]) -> Iterator[int]:
    """Its port, when it answers."""
    folder.mkdir()
    port = free_port()
    servers = " ".join(f"server 127.0.0.1:{web.port} max_fails=1 fail_timeout=2s;" for web in webs)
    (folder / "nginx.conf").write_text(CONFIG.format(folder=folder, servers=servers, port=port))
    process = subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "nginx.log"])
    try:
        until(lambda: answer(port, "/sehat/"), "nginx")
        yield port
    finally:
        process.terminate()
        process.wait()


class Cluster:
    """The demonstration office on PostgreSQL, its settings as the bench has them."""

    def __init__(self, folder: Path, loaded: Path):
        self.folder = folder
        self.primary = Postgres(folder / "primary")
        self.primary.ask("CREATE DATABASE sakip")
        shutil.copytree(loaded / "media", folder / "media", dirs_exist_ok=True)
        self.environment = {
            **environment_of(self.primary.address("sakip"), folder / "media", loaded / "static"),
            "BENCH_LOG": str(folder / "log"),
            "SERVE_WORKERS": "1",
        }
        self.ask(
            "first_office:move",
            source=f"sqlite:///{loaded / 'sakip.sqlite3'}",
            target=self.primary.address("sakip"),
        )

    def ask(self, task: str, **given):
        with Worker(self.environment) as worker:
            return worker.ask(task, **given)

    def web(self, **settings: str) -> Web:
        return Web(self.environment | settings)
