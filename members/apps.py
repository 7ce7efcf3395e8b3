from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Đảng viên"

    def ready(self):
        from ledger import undo
        from organizations import reorganize
        from organizations.panels import PANELS

        from . import record, register
        from .candidates_follow import close_admitted, pass_on, steps_resting_on
        from .register import tell_undone
        from .reorganize import GUARDS
        from .size_page import panel
        from .states import come_to_stay, leave_posts_outside
        from .transfers import lapse

        PANELS.append(panel)
        reorganize.GUARDS |= set(GUARDS)
        undo.FOLLOWERS.append(tell_undone)
        register.FOLLOWERS |= {lapse, leave_posts_outside, come_to_stay, close_admitted}
        reorganize.FOLLOWERS.add(pass_on)
        undo.GUARDS |= {record.amended_since, steps_resting_on}
        undo.PREPARERS.append(record.put_back)
