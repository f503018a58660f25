"""Setting up: the one-time code of an empty installation, and which offices are demonstrations that were loaded earlier."""

from django.db import migrations, models

CODE, USERNAME, NAME = "416-317", "camat", "Camat Contoh"


def mark_demonstrations(apps, schema_editor):
    """The code alone is no proof: a real office may have it. The account that only the demonstration makes must serve there, too."""
    Unit, Appointment = apps.get_model("measurement", "Unit"), apps.get_model("measurement", "Appointment")
    shown = Appointment.objects.filter(person__username=USERNAME, person__name=NAME, unit__code=CODE)
    Unit.objects.filter(pk__in=shown.values("unit")).update(is_demonstration=True)


class Migration(migrations.Migration):
    dependencies = [("measurement", "0017_sop_editions")]

    operations = [
        migrations.CreateModel(
            "SetupCode",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("expires_at", models.DateTimeField()),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunPython(mark_demonstrations, migrations.RunPython.noop),
    ]
