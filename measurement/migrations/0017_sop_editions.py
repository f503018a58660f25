import django.db.models.deletion
from django.db import migrations, models

ROLES = [
    ("camat", "Pimpinan"),
    ("sekcam", "Sekretaris"),
    ("tim_sakip", "Tim SAKIP"),
    ("asn", "ASN"),
    ("administrator", "Administrator"),
]
DAY = "2023-10-05"
# what the program said of every office before editions were their own: times and words of the SOP, and the one office that it named
TIMES = {
    "order": [0, 5], "brief": [0, 60], "plan_activities": [0, 120], "prepare_method": [1, 0], "measure": [1, 0], "evaluate": [1, 0],
    "recapitulate": [0, 120], "report": [0, 60], "approve": [0, 120], "report_to_camat": [0, 30], "archive": [0, 0],
}  # fmt: skip
PRINTED = {
    "number": "",
    "signatory": "",
    "head": ["Camat", "Camat"],
    "secretary": ["Sekcam", "Sekretaris Kecamatan"],
    "times": TIMES,
    "legal_basis": [
        "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah",
        "Peraturan Pemerintah Nomor 12 Tahun 2017 tentang Pembinaan dan Pengawasan Penyelenggaraan Pemerintahan Daerah",
        "Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah",
    ],
    "made_on": None,
    "revised_on": None,
    "in_force_from": DAY,
}
CODE, GOVERNMENT = "416-317", "Pemerintah Kabupaten Mojokerto"
OF_THE_OFFICE = {
    "number": "065/112/416-317/2023",
    "signatory": "Camat Dawarblandong",
    "made_on": DAY,
    "legal_basis": [
        *PRINTED["legal_basis"],
        "Peraturan Daerah Kabupaten Mojokerto Nomor 9 Tahun 2016 tentang Pembentukan dan Susunan Perangkat Daerah",
    ],
}


def give_editions(apps, schema_editor):
    """Every office keeps the words and times that it had, in an edition of its own; every cycle, archived ones too, the one with which it went."""
    units, editions, cycles = (
        apps.get_model("measurement", name) for name in ("Unit", "SopEdition", "MeasurementCycle")
    )
    for unit in units.objects.all():
        named = unit.code == CODE and unit.government == GOVERNMENT
        facts = {**PRINTED, **(OF_THE_OFFICE if named else {})}
        editions.objects.create(unit=unit, in_force_from=DAY, facts=facts)
        cycles.objects.filter(unit=unit).update(sop_facts=facts)


class Migration(migrations.Migration):
    dependencies = [("measurement", "0016_regular_jobs_and_demonstrations")]

    operations = [
        migrations.AddField(
            "measurementcycle",
            "sop_facts",
            models.JSONField(default=dict, editable=False, verbose_name="edisi SOP"),
        ),
        migrations.AlterField(
            "appointment", "role", models.CharField(choices=ROLES, max_length=20, verbose_name="peran")
        ),
        migrations.AlterField(
            "measurementcycle", "cover_note", models.TextField(blank=True, verbose_name="pengantar")
        ),
        migrations.AlterField("meeting", "briefing", models.TextField(blank=True, verbose_name="arahan")),
        migrations.AlterField(
            "scheduledstep", "step", models.CharField(max_length=20, verbose_name="langkah")
        ),
        migrations.AlterField(
            "stay", "action", models.CharField(blank=True, max_length=20, verbose_name="tindakan")
        ),
        migrations.AlterField("stay", "step", models.CharField(max_length=20, verbose_name="langkah")),
        migrations.CreateModel(
            name="SopEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("in_force_from", models.DateField(verbose_name="berlaku sejak")),
                ("facts", models.JSONField(verbose_name="isi")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sop_editions",
                        to="measurement.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "edisi SOP",
                "verbose_name_plural": "edisi SOP",
                "ordering": ["unit", "-in_force_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "in_force_from"),
                        name="sop_edition_once",
                        violation_error_message="Sudah ada edisi yang berlaku sejak hari itu.",
                    )
                ],
            },
        ),
        migrations.RunPython(give_editions, migrations.RunPython.noop),
    ]
