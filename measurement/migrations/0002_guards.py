from django.db import migrations


class Migration(migrations.Migration):
    """The triggers came with this migration; today every run of `migrate` puts them on (models/trigger_upkeep.py)."""

    dependencies = [("measurement", "0001_initial")]
    operations = []
