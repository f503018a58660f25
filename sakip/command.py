"""The command `sakip` of an installed wheel, and what manage.py calls in a checkout."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings")
    execute_from_command_line(sys.argv)
