from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Đảng viên"

    def ready(self):
        from ledger import undo
        from organizations import reorganize

        from . import record
        from .register import people_left_behind, tell_undone

        reorganize.GUARDS.add(people_left_behind)
        undo.FOLLOWERS.append(tell_undone)
        undo.GUARDS.add(record.amended_since)
        undo.PREPARERS.append(record.put_back)
