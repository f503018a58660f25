"""The command `sakip` of an installed wheel, and what manage.py calls in a checkout."""

import os
import sys

import django
from django.core.management import execute_from_command_line

from . import VERSION


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings")
    if sys.argv[1:] in (["--version"], ["version"]):  # to which Django would answer with its own alone
        print(f"SAKIP {VERSION}, Django {django.get_version()}, Python {sys.version.split()[0]}")
    else:
        execute_from_command_line(sys.argv)
