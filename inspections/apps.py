from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = "Kiểm tra, giám sát"

    def ready(self):
        from organizations import reorganize

        from .register import work_left_behind

        reorganize.GUARDS.add(work_left_behind)
