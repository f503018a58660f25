"""Empties a database that holds the demonstration alone, with its files; anything else is left untouched."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from measurement.files.sweeping import FOLDERS, WAITING
from measurement.models import Unit
from measurement.models.trigger_upkeep import put_triggers_on, take_triggers_off

from ..demo.place import NOT_CLEARED, holds_anything_of_its_own, refuse_in_production

WORD = "contoh"
QUESTION = f"Kantor contoh dengan semua isinya akan dihapus. Ketik '{WORD}' untuk melanjutkan: "


class Command(BaseCommand):
    help = "Menghapus kantor contoh dari basis data yang hanya berisi contoh."

    def add_arguments(self, parser):
        parser.add_argument("--yes", action="store_true", help="jangan bertanya (untuk skrip)")

    def handle(self, *args, yes: bool = False, **options):
        refuse_in_production()
        if holds_anything_of_its_own():
            raise CommandError(NOT_CLEARED)
        if not Unit.objects.exists():
            self.stdout.write("Basis data kosong; tidak ada yang dihapus.")
            return
        if not yes and input(QUESTION).strip().lower() != WORD:
            raise CommandError("Tidak ada yang dihapus.")
        empty_database()
        empty_media()
        self.stdout.write("Kantor contoh sudah dihapus.")


def empty_database() -> None:
    """What is archived can be deleted only without the triggers; they are on again whatever happens."""
    take_triggers_off(connection)
    try:
        call_command("flush", interactive=False, verbosity=0)
    finally:
        put_triggers_on(connection)


def empty_media() -> None:
    """Only the folders that this application makes."""
    for folder in Path(settings.MEDIA_ROOT).glob("*"):
        if folder.is_dir() and (FOLDERS.fullmatch(folder.name) or folder.name == WAITING):
            shutil.rmtree(folder)
