from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Đảng viên"

    def ready(self):
        from ledger import undo
        from organizations import reorganize

        from . import register
        from .badges import awards_left_behind
        from .candidates_follow import close_admitted, pass_on, steps_left_behind, steps_resting_on
        from .register import people_left_behind, tell_undone

        reorganize.GUARDS.add(people_left_behind)
        undo.FOLLOWERS.append(tell_undone)
        reorganize.GUARDS |= {steps_left_behind, awards_left_behind}
        reorganize.FOLLOWERS.add(pass_on)
        register.FOLLOWERS.add(close_admitted)
        undo.GUARDS.add(steps_resting_on)
