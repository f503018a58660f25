"""What an office installs: the wheel has all that the program needs, and the samples name commands and settings that exist."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from sakip import command

ROOT = Path(settings.BASE_DIR)
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
TIMERS = [path for path in UNITS if path.suffix == ".timer"]
SERVICES = [path for path in UNITS if path.suffix == ".service"]
SECRETS = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "sakip.example", "SAKIP_ENV": os.devnull}


def unit(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment]  # as configparser says to keep capitals
    read.read(path)
    return read


def files_below(*names: str) -> set[str]:
    paths = (path for name in names for path in (ROOT / name).rglob("*"))
    return {
        str(path.relative_to(ROOT)) for path in paths if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(place),
        str(ROOT),
    ]
    subprocess.run(command, check=True)
    return next(place.glob("sakip-*.whl"))


def test_wheel_brings_every_file_that_the_program_needs(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())

    data = {f"sakip/data/{name}" for name in files_below("templates", "static", "fixtures")}
    code = files_below("measurement", "sakip") - {"sakip/test_settings.py"}

    assert data | code <= names


def test_wheel_brings_no_tests_and_the_samples_for_the_server(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert not [name for name in names if name.startswith("tests/") or "test_settings" in name]
    for sample in ("env.sample", "systemd/sakip.service", "nginx/sakip.conf", "caddy/Caddyfile"):
        assert [name for name in names if name.endswith(f"share/sakip/{sample}")], sample


@pytest.mark.pages
def test_installed_wheel_answers_without_the_source(wheel, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", tmp_path / "venv"], check=True)
    program = tmp_path / "venv" / "bin" / "sakip"
    # the libraries that the tests run with
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    python = next((tmp_path / "venv" / "lib").iterdir()) / "site-packages"
    (python / "libraries.pth").write_text(libraries)
    pip = [sys.executable, "-m", "pip", "--python", str(program.with_name("python"))]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", wheel], check=True)
    environment = {"PATH": os.environ["PATH"], **SECRETS, "SAKIP_DIR": str(tmp_path), "HTTPS": "false"}

    for arguments in (
        ["check"],
        ["migrate", "--verbosity=0"],
        ["collectstatic", "--noinput", "--verbosity=0"],
    ):
        subprocess.run([program, *arguments], check=True, env=environment, cwd=tmp_path)
    asked = "from django.test import Client; print(Client(headers={'host': 'sakip.example'}).get('/masuk/').status_code)"
    answer = subprocess.run(
        [program, "shell", "--verbosity=0", "--command", asked],
        check=True, env=environment, cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip

    assert answer.stdout.strip() == "200"


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_service_is_confined_and_runs_the_command(path):
    service = unit(path)["Service"]

    assert service["ExecStart"] in [f"/opt/sakip/bin/sakip {word}" for word in ("serve", "work", "%i")]
    assert service["User"] == "sakip"
    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "RestrictNamespaces"):
        assert service[name] == "true", name
    assert service["ProtectSystem"] == "strict"
    assert "/var/lib/sakip" in service["ReadWritePaths"]


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.name)
def test_timer_runs_a_command_that_exists(path):
    name = re.fullmatch(r"sakip@(\w+)\.service", unit(path)["Timer"]["Unit"])

    assert name is not None
    assert name[1] in get_commands()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_understands_the_units(tmp_path):
    for path in UNITS:
        (tmp_path / path.name).write_text(path.read_text().replace("/opt/sakip/bin/sakip", "/bin/true"))

    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(tmp_path.glob("sakip*"))],
        capture_output=True,
        text=True,
    )

    assert (result.returncode, [line for line in result.stderr.splitlines() if "sakip" in line]) == (0, [])


def test_sample_of_the_settings_names_those_that_exist_and_no_others():
    sample = (ROOT / "deploy" / "env.sample").read_text()
    named = set(re.findall(r"^#?([A-Z][A-Z_]+)=", sample, re.MULTILINE))

    read = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", (ROOT / "sakip" / "settings.py").read_text()))

    assert named == read - {"SAKIP_ENV"}


def test_compose_names_settings_that_exist():
    compose = (ROOT / "deploy" / "container" / "compose.yaml").read_text()
    named = set(re.findall(r"^\s+([A-Z][A-Z_]+):", compose, re.MULTILINE))

    assert named - {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"} <= set(
        re.findall(r"\"([A-Z_]+)\"", (ROOT / "sakip" / "settings.py").read_text())
    )


def test_container_is_made_of_what_make_wheel_makes_and_brings_the_guide():
    folder = ROOT / "deploy" / "container"
    text = (folder / "Containerfile").read_text()
    made = (ROOT / "Makefile").read_text().split("\nwheel:")[1].split("\nclean:")[0]
    copied = re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE)

    assert copied
    assert all(path.startswith("var/wheel/") for path in copied)
    for name in ("requirements.lock", "panduan.tar.gz"):
        assert (name in text, name in made) == (True, True), name
    for kind in ("docker", "container"):
        assert (folder / f"Containerfile.{kind}ignore").read_text() == "**\n!var/wheel\n"
    settings_named = set(re.findall(r"\b([A-Z]+_[A-Z]+)=/", text))
    assert settings_named == {"STATIC_ROOT", "DOCS_ROOT", "BACKUP_DIR"}


def test_services_may_write_only_where_the_guide_says():
    guide = (ROOT / "docs" / "panduan" / "cadangan.md").read_text()
    for path in SERVICES:
        for place in unit(path)["Service"]["ReadWritePaths"].replace("-/", "/").split():
            assert f"`{place}`" in guide, place


@pytest.mark.parametrize("sample", ["nginx/sakip.conf", "caddy/Caddyfile"])
def test_proxies_let_through_what_the_program_takes(sample):
    text = (ROOT / "deploy" / sample).read_text()

    megabytes = re.search(r"(?:client_max_body_size|max_size) (\d+)(?:m|MiB)\b", text)

    assert megabytes is not None
    assert int(megabytes[1]) * 1024 * 1024 == settings.MAX_REQUEST_BYTES
    assert settings.SERVE_ADDRESS in text


@pytest.mark.parametrize("asked", ["version", "--version"])
def test_program_and_wheel_say_the_same_version(asked, monkeypatch, capsys):
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    monkeypatch.setattr(sys, "argv", ["sakip", asked])
    command.main()
    assert told == settings.VERSION
    assert capsys.readouterr().out.startswith(f"SAKIP {told}, Django ")


@pytest.mark.parametrize("sample", ["nginx/sakip.conf", "caddy/Caddyfile"])
def test_proxies_pass_on_no_number_that_a_visitor_gave(sample):
    text = (ROOT / "deploy" / sample).read_text()
    assert re.search(r"proxy_set_header X-Request-ID \"\";|header_up -X-Request-ID", text)
