from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Đảng viên"

    def ready(self):
        from ledger import undo
        from organizations import reorganize

        from . import record, register
        from .register import people_left_behind, tell_undone
        from .states import leave_posts_outside
        from .transfers import lapse

        reorganize.GUARDS.add(people_left_behind)
        undo.FOLLOWERS.append(tell_undone)
        register.FOLLOWERS |= {lapse, leave_posts_outside}
        undo.GUARDS.add(record.amended_since)
        undo.PREPARERS.append(record.put_back)
