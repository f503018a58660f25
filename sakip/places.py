"""Where things stand: in a checkout templates and the like lie beside the packages and what the office keeps in var/; an installed wheel brings them in
sakip/data, and what the office keeps is where a Debian service has it."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
WHEEL_DATA = Path(__file__).resolve().parent / "data"
INSTALLED = WHEEL_DATA.is_dir()

COMMAND = "sakip" if INSTALLED else "python manage.py"  # what sentences tell people to type
DEFAULT_VAR = Path("/var/lib/sakip") if INSTALLED else BASE_DIR / "var"
DEFAULT_ENV = Path("/etc/sakip/env") if INSTALLED else DEFAULT_VAR / "env"


def shipped(name: str) -> Path:
    """A directory that comes with the program: templates, static or fixtures."""
    return (WHEEL_DATA if INSTALLED else BASE_DIR) / name
