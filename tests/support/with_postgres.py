"""Runs a command with DATABASE_URL on a private PostgreSQL server on loopback, started from the system's binaries and stopped again."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

USER = "postgres"


def binaries() -> Path:
    """The newest installed server's programs. SystemExit with a sentence where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise SystemExit("PostgreSQL belum terpasang. Jalankan: sudo apt-get install postgresql")
    return found[-1].parent


def as_server(command: list) -> list[str]:
    """PostgreSQL refuses to run as root, so root hands the command to the system's own user."""
    words = [str(word) for word in command]
    return ["runuser", "-u", USER, "--", *words] if os.geteuid() == 0 else words


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(command: list[str]) -> int:
    programs, port = binaries(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="sakip-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
    data = folder / "data"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    subprocess.run(
        as_server([programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8"]),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    subprocess.run(
        as_server([programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start"]),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        environment = {**os.environ, "DATABASE_URL": f"postgres://{USER}@127.0.0.1:{port}/postgres"}
        return subprocess.run(command, env=environment).returncode
    finally:
        subprocess.run(
            as_server([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"]), stdout=subprocess.DEVNULL
        )
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
