from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Chỉ tiêu"

    def ready(self):
        from ledger import undo

        from .closing.closings import closings_that_rest_on

        undo.GUARDS.add(closings_that_rest_on)
