"""A wrong setting for BSrE stops the program when it starts."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"BSRE_URL": "http://bsre.contoh.go.id/"}, "must begin with https"),
        ({"BSRE_VERSION": "3"}, "must be 1 or 2"),
        ({"BSRE_CA": __file__}, "certificates in PEM"),
        ({"BSRE_CA": "/tidak/ada.pem"}, "No such file"),
    ],
)
def test_a_wrong_setting_is_told_at_the_start(wrong, sentence):
    environment = {"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "localhost", "SAKIP_ENV": os.devnull, **wrong}
    done = subprocess.run(
        [sys.executable, "-c", "import sakip.settings"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert sentence in done.stderr
