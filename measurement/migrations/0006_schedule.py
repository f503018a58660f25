from django.db import migrations, models
from django.db.models import Case, When

from measurement.rules.sop import STEP_KEY_BY_EARLIER_NUMBER


def name_steps(apps, schema_editor):
    """The step of every planned date by its key."""
    for number, key in STEP_KEY_BY_EARLIER_NUMBER.items():
        apps.get_model("measurement", "ScheduledStep").objects.filter(number=number).update(step=key)


def number_steps(apps, schema_editor):
    for number, key in STEP_KEY_BY_EARLIER_NUMBER.items():
        apps.get_model("measurement", "ScheduledStep").objects.filter(step=key).update(number=number)


class Migration(migrations.Migration):

    dependencies = [("measurement", "0005_pages")]

    operations = [
        migrations.RemoveConstraint("scheduledstep", "step_scheduled_once"),
        migrations.AddField("scheduledstep", "step", models.CharField(default="", max_length=20, verbose_name="langkah")),
        migrations.AlterField("scheduledstep", "number", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(name_steps, number_steps),
        migrations.AlterModelOptions(
            name='scheduledstep',
            options={'ordering': [Case(When(step='order', then=0), When(step='brief', then=1), When(step='plan_activities', then=2), When(step='prepare_method', then=3), When(step='measure', then=4), When(step='evaluate', then=5), When(step='recapitulate', then=6), When(step='report', then=7), When(step='approve', then=8), When(step='report_to_camat', then=9), When(step='archive', then=10))], 'verbose_name': 'jadwal', 'verbose_name_plural': 'jadwal'},
        ),
        migrations.RemoveField(
            model_name='scheduledstep',
            name='number',
        ),
        migrations.AlterField(
            model_name='scheduledstep',
            name='step',
            field=models.CharField(choices=[('order', 'Camat memerintahkan Sekcam untuk melakukan pengukuran data kinerja'), ('brief', 'Sekcam rapat dengan Tim SAKIP untuk memberikan arahan pelaksanaan pengukuran data kinerja'), ('plan_activities', 'Tim SAKIP menyusun rencana kegiatan pengukuran kinerja'), ('prepare_method', 'Tim SAKIP menyiapkan metodologi pengukuran untuk tiap program, kegiatan, sub kegiatan berdasarkan indikator kinerja SMART'), ('measure', 'Seluruh ASN internal melakukan pengukuran memakai metodologi yang ditetapkan'), ('evaluate', 'Tim SAKIP mengevaluasi capaian memakai metodologi yang ditetapkan'), ('recapitulate', 'Tim SAKIP merekap hasil untuk tiap program, kegiatan, sub kegiatan'), ('report', 'Tim SAKIP melaporkan rekapitulasi kepada Sekcam'), ('approve', 'Sekcam menganalisa; setuju: bahan Laporan Kinerja dan Evaluasi; tidak: dikembalikan untuk dilengkapi sesuai arahan'), ('report_to_camat', 'Sekcam melaporkan data pengukuran kinerja kepada Camat'), ('archive', 'Pengarsipan data kinerja')], max_length=20, verbose_name='langkah'),
        ),
        migrations.AddConstraint(
            model_name='scheduledstep',
            constraint=models.UniqueConstraint(fields=('cycle', 'step'), name='step_scheduled_once'),
        ),
    ]
