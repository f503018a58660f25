"""What starting the application loads: no library that only some pages need, and no views for a command that has none."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

# by what they are for: papers, signatures, workbooks, documents, calendars, sealed backups, pictures
PAPERS = {"weasyprint", "pikepdf", "segno", "fontTools"}
SIGNATURES = {"pyhanko", "pyhanko_certvalidator", "asn1crypto", "cryptography", "aiohttp"}
OTHERS = {"docx", "holidays", "pyrage"}
WORKBOOKS = {"openpyxl", "import_export", "tablib", "PIL", "lxml"}
PROGRAM = """
import json, sys
import django
django.setup()
{more}
print(json.dumps(sorted(sys.modules)))
"""
WITH_PAGES = "from django.urls import get_resolver; get_resolver().check()"
WITH_CHECKS = "from django.core import checks; checks.run_checks()"


def modules(more: str = "") -> set[str]:
    """What a fresh process has loaded when it started, and did this."""
    # S603: fixed command, no shell
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(more=more)],
        cwd=django_settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "sakip.test_settings"},
        capture_output=True,
        check=True,
    )
    return set(json.loads(done.stdout))


def test_starting_loads_no_heavy_library_and_no_view():
    loaded = modules(WITH_CHECKS)
    assert loaded & (PAPERS | SIGNATURES | OTHERS | WORKBOOKS) == set()
    assert "measurement.models" in loaded
    assert "measurement.urls" not in loaded


def test_the_map_of_the_site_loads_nothing_that_makes_or_signs_papers():
    loaded = modules(WITH_PAGES)
    assert "measurement.views.papers.signatures" in loaded
    assert loaded & (PAPERS | SIGNATURES | OTHERS) == set()


def test_a_broken_map_of_the_site_is_told_before_it_is_served(settings):
    settings.ROOT_URLCONF = "tests.whole.test_start"  # which maps nothing
    call_command("check")
    with pytest.raises(ImproperlyConfigured, match="does not appear to have any patterns"):
        call_command("check", deploy=True)
