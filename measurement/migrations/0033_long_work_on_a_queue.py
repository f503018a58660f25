from django.db import migrations, models
from django.db.models import F


def fill_seen(apps, schema_editor):
    """Orders that nobody had begun get the moment of their order; the worker then takes them up as if it had been lost."""
    work = apps.get_model("measurement", "LongWork")
    work.objects.filter(seen_at=None).update(seen_at=F("ordered_at"))


class Migration(migrations.Migration):
    dependencies = [("measurement", "0032_api_tokens_and_webhooks")]

    operations = [
        migrations.RunPython(fill_seen, migrations.RunPython.noop),
        migrations.RemoveConstraint("longwork", "long_work_once"),
        migrations.RemoveIndex("longwork", "long_work_open"),
        migrations.AlterField("longwork", "seen_at", models.DateTimeField()),
        migrations.AlterField(
            "longwork",
            "state",
            models.CharField(
                choices=[
                    ("menunggu", "Menunggu giliran"),
                    ("berjalan", "Sedang dikerjakan"),
                    ("berhenti", "Sedang dihentikan"),
                    ("selesai", "Selesai"),
                    ("gagal", "Gagal"),
                    ("batal", "Dibatalkan"),
                ],
                default="menunggu",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            "longwork",
            models.UniqueConstraint(
                condition=models.Q(("state__in", ["menunggu", "berjalan", "berhenti"])),
                fields=("person", "kind", "same"),
                name="long_work_once",
            ),
        ),
        migrations.AddIndex(
            "longwork",
            models.Index(
                condition=models.Q(("state__in", ["menunggu", "berjalan", "berhenti"])),
                fields=["seen_at"],
                name="long_work_open",
            ),
        ),
    ]
