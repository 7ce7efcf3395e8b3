from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Đảng viên"

    def ready(self):
        from ledger import undo
        from organizations import reorganize
        from organizations.accounts.roster import KNOWN_AS
        from organizations.profile_panels import PANELS

        from .badges.awards import go_with_holders
        from .candidates.follow import close_said, pass_on, steps_resting_on
        from .life.offers import lapse
        from .life.posts import leave_broken_lines, leave_posts_outside
        from .life.statuses import come_to_stay
        from .records import amendments
        from .register import places
        from .register.places import tell_undone
        from .reorganizing.carry_out import GUARDS
        from .reorganizing.undo_guards import candidates_brought_along, people_brought_along, states_cut_short
        from .roll.secretaries import secretaries
        from .roll.size_page import panel

        PANELS.add(panel)
        KNOWN_AS.add(secretaries)
        reorganize.GUARDS.add(*GUARDS)
        undo.FOLLOWERS.add(tell_undone)
        places.FOLLOWERS.add(lapse, leave_posts_outside, come_to_stay, go_with_holders)
        places.WRITTEN.add(close_said)
        reorganize.FOLLOWERS.add(pass_on, leave_broken_lines)
        undo.GUARDS.add(amendments.amended_since, steps_resting_on)
        undo.GUARDS.add(people_brought_along, candidates_brought_along, states_cut_short)
        undo.PREPARERS.add(amendments.put_back)
