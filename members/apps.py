from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Đảng viên"

    def ready(self):
        from ledger import undo
        from organizations import reorganize
        from organizations.panels import PANELS

        from . import record, register
        from .badges import go_with_holders
        from .candidates_follow import close_said, pass_on, steps_resting_on
        from .posts import leave_broken_lines, leave_posts_outside
        from .register import tell_undone
        from .reorganize import GUARDS
        from .resting import candidates_brought_along, people_brought_along, states_cut_short
        from .size_page import panel
        from .states import come_to_stay
        from .transfers import lapse

        PANELS.append(panel)
        reorganize.GUARDS |= set(GUARDS)
        undo.FOLLOWERS.append(tell_undone)
        register.FOLLOWERS |= {lapse, leave_posts_outside, come_to_stay, go_with_holders}
        register.WRITTEN.add(close_said)
        reorganize.FOLLOWERS |= {pass_on, leave_broken_lines}
        undo.GUARDS |= {record.amended_since, steps_resting_on}
        undo.GUARDS |= {people_brought_along, candidates_brought_along, states_cut_short}
        undo.PREPARERS.append(record.put_back)
