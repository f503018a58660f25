"""Whether mail gets out: what the server is set to, without its secrets, and one message to oneself."""

import logging
from smtplib import SMTPAuthenticationError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from measurement.models import JobRun, Person
from measurement.record.office_facts import MAIL_CHECK, sends_mail
from measurement.rules.dates import dated_moment

logger = logging.getLogger(__name__)

SUBJECT = "Surel percobaan SAKIP"
TEXT = "Surel percobaan ini dikirim {when} atas permintaan {person}. Bila terbaca, SAKIP dapat mengirim surel. {url}"
FAILURES = {
    SMTPAuthenticationError: "Peladen surel menolak nama pengguna atau kata sandinya.",
    SMTPRecipientsRefused: "Peladen surel menolak alamat tujuan.",
    SMTPException: "Peladen surel menolak pesan ini.",
    TimeoutError: "Peladen surel tidak menjawab dalam {seconds} detik.",
    ConnectionRefusedError: "Tidak ada peladen surel pada alamat dan port itu.",
    OSError: "Peladen surel tidak dapat dihubungi; periksa nama, port, dan jaringannya.",
}


def mail_facts() -> list[dict]:
    """The settings as they are in force; the password only as being there or not."""
    safety = "SSL" if settings.EMAIL_USE_SSL else "STARTTLS" if settings.EMAIL_USE_TLS else "tanpa enkripsi"
    account = (
        f"{settings.EMAIL_HOST_USER} ({'dengan' if settings.EMAIL_HOST_PASSWORD else 'tanpa'} kata sandi)"
    )
    facts = (
        ("Cara", f"SMTP, {safety}" if sends_mail() else "tidak dikirim; hanya tercetak pada konsol"),
        (
            "Peladen",
            f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if sends_mail() and settings.EMAIL_HOST else "",
        ),
        ("Akun", account if settings.EMAIL_HOST_USER else ""),
        ("Pengirim", settings.DEFAULT_FROM_EMAIL),
        ("Alamat tautan", settings.PUBLIC_URL),
    )
    return [{"label": label, "value": value} for label, value in facts]


def send_test_mail(person: Person) -> str:
    """Why the message to this person didn't go out; empty if it did. The result is noted either way."""
    text = TEXT.format(when=dated_moment(timezone.now()), person=person, url=settings.PUBLIC_URL)
    failure = ""
    try:
        EmailMessage(SUBJECT, text, to=[person.email]).send()
    except (OSError, ValueError) as error:  # those of smtplib are OSErrors
        logger.exception("the test mail was not sent")
        failure = next(
            (words for kind, words in FAILURES.items() if isinstance(error, kind)),
            "Alamat surel tidak dapat dipakai.",
        ).format(seconds=settings.EMAIL_TIMEOUT)
    JobRun.record(MAIL_CHECK, succeeded=not failure, note=failure)
    return failure
