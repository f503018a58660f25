from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate


class MeasurementConfig(AppConfig):
    name = "measurement"
    verbose_name = "Pengukuran Data Kinerja"

    def ready(self):
        """The triggers hang on Django's own signals of `migrate`, which has no other hook. The house rule bars signals of our own."""
        from . import checks as server  # noqa: PLC0415 – models can't be imported before the apps are ready
        from .models import trigger_upkeep, words_index  # noqa: PLC0415 – the same

        pre_migrate.connect(trigger_upkeep.free_migrations_of_triggers, sender=self)
        post_migrate.connect(trigger_upkeep.complete_triggers, sender=self)
        post_migrate.connect(words_index.complete_words_index, sender=self)
        checks.register(trigger_upkeep.check_triggers, checks.Tags.database)
        checks.register(words_index.check_words_index, checks.Tags.database)
        checks.register(server.check_settings, deploy=True)
        checks.register(server.check_machine, checks.Tags.database, deploy=True)
        checks.register(server.check_data, checks.Tags.database, deploy=True)
