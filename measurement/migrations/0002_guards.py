from django.db import migrations

from measurement.models.triggers import INSTALL_GUARDS


class Migration(migrations.Migration):
    dependencies = [("measurement", "0001_initial")]
    operations = [INSTALL_GUARDS]
