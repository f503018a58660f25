from django.db import migrations

from measurement.guards import INSTALL_GUARDS


class Migration(migrations.Migration):
    dependencies = [("measurement", "0001_initial")]
    operations = [INSTALL_GUARDS]
