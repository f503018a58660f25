"""The settings of an installation, with addresses of the bench's own beside those of the application."""

from sakip.settings import *  # noqa: F403 – all of them: what is measured is an installation as it runs

ROOT_URLCONF = "tests.bench.urls"
