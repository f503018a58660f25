import django.db.models.deletion
from django.db import migrations, models

MOST = 10**15
FREQUENCIES = [("bulanan", "Bulanan"), ("triwulan", "Triwulan"), ("semester", "Semester"), ("tahunan", "Tahunan")]
COUNTS = {"bulanan": 12, "triwulan": 4, "semester": 2, "tahunan": 1}
QUARTERS, PERIODS = range(1, 5), range(1, 13)


def frequency(label):
    return models.CharField(choices=FREQUENCIES, default="triwulan", max_length=10, verbose_name=label)


def target(number):
    label = f"target periode {number}"
    return models.DecimalField(blank=True, decimal_places=6, max_digits=21, null=True, verbose_name=label)


def money(label, **options):
    return models.DecimalField(decimal_places=0, max_digits=15, verbose_name=label, **options)


def listed(label):
    return models.JSONField(default=list, verbose_name=label)


def of_cycle(constraint):
    return migrations.AddConstraint("measurementcycle", constraint)


class Migration(migrations.Migration):
    """Cycles and targets speak of periods instead of quarters. What was ordered, planned and archived by quarters stays what it is."""

    dependencies = [("measurement", "0013_closed_periods")]
    operations = [
        migrations.RemoveConstraint("measurementcycle", "one_open_cycle"),
        migrations.RemoveConstraint("measurementcycle", "cycle_quarter"),
        *(migrations.RemoveConstraint("target", f"target_q{number}_is_a_number") for number in QUARTERS),
        migrations.RenameField("measurementcycle", "quarter", "number"),
        migrations.AlterField(
            "measurementcycle", "number", models.PositiveSmallIntegerField(verbose_name="periode")
        ),
        migrations.AlterModelOptions(
            "measurementcycle",
            {
                "ordering": ["-year", "-number", "-opened_at"],
                "verbose_name": "siklus pengukuran",
                "verbose_name_plural": "siklus pengukuran",
            },
        ),
        migrations.AddField("measurementcycle", "frequency", frequency("frekuensi")),
        *(migrations.RenameField("target", f"q{number}", f"p{number}") for number in QUARTERS),
        *(migrations.AlterField("target", f"p{number}", target(number)) for number in QUARTERS),
        *(migrations.AddField("target", f"p{number}", target(number)) for number in PERIODS[4:]),
        of_cycle(
            models.UniqueConstraint(
                fields=["unit", "year", "frequency", "number"],
                condition=~models.Q(state="arsip"),
                name="one_open_cycle",
                violation_error_message="Siklus untuk periode ini sudah berjalan.",
            )
        ),
        of_cycle(
            models.CheckConstraint(
                condition=models.Q(
                    *(models.Q(frequency=kind, number__range=(1, count)) for kind, count in COUNTS.items()),
                    _connector=models.Q.OR,
                ),
                name="cycle_period",
            )
        ),
        *(
            migrations.AddConstraint(
                "target",
                models.CheckConstraint(
                    condition=models.Q(
                        (f"p{number}", None),
                        models.Q((f"p{number}__gt", -MOST), (f"p{number}__lt", MOST)),
                        _connector=models.Q.OR,
                    ),
                    name=f"target_p{number}_is_a_number",
                ),
            )
            for number in PERIODS
        ),
        migrations.AlterField(
            "worksheetnode", "spent", money("realisasi anggaran periode ini", blank=True, null=True)
        ),
        migrations.AlterField(
            "worksheetnode", "spent_before", money("realisasi anggaran periode lalu", default=0)
        ),
        migrations.AlterField(
            "worksheetnode", "spent_earlier", listed("realisasi anggaran tiap periode sebelumnya")
        ),
        migrations.AlterField("worksheetrow", "earlier", listed("periode sebelumnya")),
        migrations.AlterField("worksheetrow", "targets", listed("target tiap periode")),
        migrations.AddField(
            "plan",
            "chosen_frequencies",
            models.JSONField(default=dict, editable=False, verbose_name="frekuensi tiap tahun"),
        ),
    ]
