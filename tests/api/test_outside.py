"""What somebody outside would write, run as they would: the scripts of docs/panduan/contoh against a real server."""

import importlib.util
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from measurement.doors.webhooks import add_receiver, try_receiver
from measurement.messages.webhook_sending import deliver_due
from measurement.rules.machine_access import SUBSCRIBED
from tests.support.browser import Server
from tests.support.webhook_receiver import receiving

EXAMPLES = Path(settings.BASE_DIR) / "docs" / "panduan" / "contoh"
MAKE_TOKEN = """
import django
django.setup()
from measurement.doors.api_tokens import make_token
from measurement.models import Person
from measurement.rules.machine_access import Scope
administrator = Person.objects.get(username="admin")
unit = administrator.appointments_in_force[0].unit
scopes = [Scope.CYCLES, Scope.RESULTS, Scope.PAPERS]
print(make_token(unit, administrator, "Skrip luar", scopes, 30)[1])
"""


def walked(server: Server, token: str, folder: Path) -> subprocess.CompletedProcess:
    """The script in a folder of its own, with nothing in its environment but what it asks for."""
    values = {"SAKIP_ALAMAT": server.address, "SAKIP_TOKEN": token, "PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, EXAMPLES / "ambil_laporan.py"],
        cwd=folder,
        env=values,
        capture_output=True,
        text=True,
    )


@pytest.mark.browser  # not for a browser, but for the served demonstration
def test_a_script_lists_cycles_takes_results_and_checks_the_report(served, tmp_path):
    made = subprocess.run(
        [sys.executable, "-c", MAKE_TOKEN],
        cwd=settings.BASE_DIR,
        env=served.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    told = walked(served, made.stdout.strip(), tmp_path)
    assert told.returncode == 0, told.stderr
    assert re.search(r"- Pengukuran TW \w+ \d{4}: diarsipkan", told.stdout)
    assert re.search(r"capaian \d+,\d\d % \(.+\), serapan \d+,\d\d %", told.stdout)
    assert re.search(r"SHA-256 [0-9a-f]{64} cocok", told.stdout)
    assert (tmp_path / "laporan-hasil.pdf").read_bytes().startswith(b"%PDF")
    refused = walked(served, "sakip_salah", tmp_path)
    assert (refused.returncode, refused.stderr.strip().startswith("Token diperlukan:")) == (1, True)


def test_the_example_of_a_receiver_knows_ours_and_no_other(kecamatan, settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    found = importlib.util.spec_from_file_location("penerima", EXAMPLES / "penerima_webhook.py")
    example = importlib.util.module_from_spec(found)
    found.loader.exec_module(example)
    with receiving() as receiver:
        subscription, secret = add_receiver(kecamatan.unit, kecamatan.administrator, receiver.url, SUBSCRIBED)
        try_receiver(subscription, kecamatan.administrator)
        deliver_due()
    headers, body = receiver.got[0]
    assert example.is_genuine(secret, headers, body)
    assert not example.is_genuine(secret, headers, body + b" ")
    assert not example.is_genuine("whsec_" + "A" * 44, headers, body)
    old = headers | {"webhook-timestamp": str(int(time.time()) - 3600)}
    assert not example.is_genuine(secret, old, body)
