"""What differs in tests: a throwaway place for files, quick passwords, papers rendered only when a test looks at them, strict templates."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ["HTTPS"] = "false"
os.environ["SERVE_JOBS"] = "0"
os.environ.setdefault("DEMONSTRATION", "true")
os.environ["SAKIP_ENV"] = os.environ["DOCS_ROOT"] = os.devnull

from sakip.settings import *  # noqa: F403 – all of them, once the environment above is set
from sakip.settings import STORAGES, TEMPLATES
from tests.support.strict_templates import UNDEFINED

MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="sakip-tests-"))
STATIC_ROOT = MEDIA_ROOT / "static"
STATIC_ROOT.mkdir()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
RENDER_PAPERS_AT_ONCE = SEND_WEBHOOKS_AT_ONCE = False
SHOW_COMPONENTS = True

# Our templates come first and are strict; those of libraries (the administration, forms) keep Django's ways.
CONTEXT: dict = TEMPLATES[0]["OPTIONS"]  # type: ignore[assignment]  # the settings are one dict of different things
STRICT = {
    **CONTEXT,
    "string_if_invalid": UNDEFINED,
    "loaders": [("tests.support.strict_templates.Loader", ["django.template.loaders.filesystem.Loader"])],
}
TEMPLATES = [
    {**TEMPLATES[0], "NAME": "ours", "APP_DIRS": False, "OPTIONS": STRICT},
    {**TEMPLATES[0], "NAME": "libraries", "DIRS": [], "OPTIONS": CONTEXT},
]
