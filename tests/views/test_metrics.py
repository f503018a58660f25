"""/metrics: off unless somebody says so, for this machine or with a token, counted over all processes."""

import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from django.conf import settings as project
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError

from measurement import request_counts
from measurement.request_counts import CountingMiddleware
from tests.support.browser import environment
from tests.support.characters import open_cycle
from tests.support.template_database import template

ROOT = Path(project.BASE_DIR)
# one request after another in one process, as a server with one worker answers them
PROCESS = """
import django, sys
django.setup()
from django.test import Client
client = Client()
print(client.get("/sehat/").status_code, client.get("/tidak-ada/").status_code)
for options in ({}, {"REMOTE_ADDR": "10.0.0.9"}, {"REMOTE_ADDR": "10.0.0.9", "HTTP_AUTHORIZATION": "Bearer rahasia-metrik"},
                {"HTTP_X_FORWARDED_FOR": "10.0.0.9"}):
    response = client.get("/metrics", **options)
    print("STATUS", response.status_code)
print(client.get("/metrics").content.decode())
"""


def told(folder: Path) -> str:
    """What a process with METRICS on prints; its warnings are errors, too."""
    values = environment(folder) | {
        "DJANGO_SETTINGS_MODULE": "sakip.test_settings", "SAKIP_DIR": str(folder), "METRICS": "true", "METRICS_TOKEN": "rahasia-metrik", "ALLOWED_HOSTS": "testserver",
        "DATABASE_URL": f"sqlite:///{template()}",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PROCESS], cwd=ROOT, env=values, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_off_it_is_not_there_and_counts_nothing(client, kecamatan):
    assert client.get("/metrics").status_code == 404
    with pytest.raises(MiddlewareNotUsed):
        CountingMiddleware(lambda request: None)


def test_it_counts_over_all_processes(tmp_path):
    first, second = told(tmp_path), told(tmp_path)
    assert re.findall(r"STATUS (\d+)", second) == ["200", "404", "200", "404"]
    count = r'sakip_requests_total\{status="2xx",view="alive"\} (\d)'
    assert [re.search(count, text)[1] for text in (first, second)] == ["1", "2"]
    assert re.search(r'sakip_requests_total\{status="4xx",view="tanpa_halaman"\} 2', second)
    assert 'sakip_request_seconds_bucket{le="0.025",view="alive"}' in second
    assert 'sakip_open_cycles{step="order"} 0.0' in second
    assert "sakip_waiting_jobs 0.0" in second


def test_how_things_stand_is_asked_of_the_database(client, kecamatan, settings, tmp_path):
    settings.METRICS, settings.METRICS_DIR = True, tmp_path
    open_cycle(kecamatan)
    text = client.get("/metrics").content.decode()
    assert 'sakip_open_cycles{step="brief"} 1.0' in text
    assert "sakip_papers_waiting 1.0" in text


def test_a_database_that_fails_is_counted_once(settings, monkeypatch):
    settings.METRICS, counted = True, MagicMock()
    monkeypatch.setattr(request_counts, "counters", lambda: counted)
    around = CountingMiddleware(lambda request: None)
    while_executing, before = OperationalError("locked"), OperationalError("no connection")
    with pytest.raises(OperationalError):
        request_counts._counted(MagicMock(side_effect=while_executing), "", (), False, {})
    around.process_exception(None, while_executing)
    assert counted.database.inc.call_count == 1
    around.process_exception(None, before)
    around.process_exception(None, ValueError("no fault of the database"))
    assert counted.database.inc.call_count == 2
