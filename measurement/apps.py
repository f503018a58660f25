from django.apps import AppConfig
from django.core import checks
from django.core.checks import urls
from django.core.checks.registry import registry
from django.db.models.signals import post_migrate, pre_migrate

# Django's checks of the map of the site: they import every view, four hundred modules, for whatever command is begun
OF_THE_MAP = (urls.check_url_config, urls.check_url_namespaces_unique, urls.check_custom_error_handlers)


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
        # with --deploy, as in the tests, and by a web worker that begins (sakip/wsgi.py)
        for of_the_map in OF_THE_MAP:
            registry.registered_checks.discard(of_the_map)
            checks.register(of_the_map, checks.Tags.urls, deploy=True)
