from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = "Kiểm tra, giám sát"

    def ready(self):
        from ledger import undo
        from members.merging import mergers
        from organizations import reorganize

        from . import guards
        from .discipline import merged

        mergers.FOLLOWERS.add(merged.follow)
        reorganize.GUARDS.add(guards.work_left_behind)
        undo.GUARDS.add(guards.found_since)
