from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Chỉ tiêu"

    def ready(self):
        from ledger import undo
        from organizations.profile_panels import PANELS

        from .closing.closings import closings_that_rest_on
        from .staff.panel import panel

        PANELS.add(panel)
        undo.GUARDS.add(closings_that_rest_on)
