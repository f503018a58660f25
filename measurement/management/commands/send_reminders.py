"""Reminds people, sends digests and whatever mail failed before; meant to run every quarter of an hour."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from measurement.doors.form_drafts import sweep_forms
from measurement.doors.long_work import sweep_work
from measurement.doors.long_work_run import take_up_lost
from measurement.messages import mailing, reminders
from measurement.messages.webhook_sending import deliver_due, forget_deliveries
from measurement.models import JobRun


class Command(BaseCommand):
    help = (
        "Menulis pengingat pada jam kerja, mengirim ringkasan harian dan surel yang tertunda, dan menghapus pesan yang berumur lebih dari satu "
        "tahun. Aman dijalankan berulang atau bersamaan; keluar dengan kesalahan bila ada surel yang gagal."
    )

    def handle(self, *args, **options):
        now = timezone.now()
        written, forgotten = reminders.remind(now), reminders.forget_old(now)
        sweep_forms(now)
        sweep_work(now)
        forget_deliveries(now)
        arrived, _ = deliver_due()
        take_up_lost(now)
        sent = mailing.send_due(now)
        told = f"Pengingat baru: {written}. Surel terkirim: {sent.mails}. Webhook terkirim: {arrived}. Pesan lama dihapus: {forgotten}."
        self.stdout.write(told)
        unsent = f"Surel untuk {sent.failed} orang belum terkirim dan akan dicoba lagi pada jalan berikutnya."
        JobRun.record("send_reminders", succeeded=not sent.failed, note=unsent if sent.failed else told)
        if sent.failed:
            raise CommandError(unsent)
