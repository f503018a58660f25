from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("measurement", "0030_smart_decisions")]

    operations = [
        migrations.AlterModelOptions(
            name="indicator",
            options={"ordering": ["position", "pk"], "verbose_name": "indikator", "verbose_name_plural": "indikator"},
        ),
    ]
