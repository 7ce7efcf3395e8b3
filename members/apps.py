from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Đảng viên"

    def ready(self):
        from ledger import undo
        from organizations import reorganize
        from organizations.panels import PANELS

        from .register import people_left_behind, tell_undone
        from .size_page import panel

        PANELS.append(panel)
        reorganize.GUARDS.add(people_left_behind)
        undo.FOLLOWERS.append(tell_undone)
