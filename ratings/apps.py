from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "ratings"
    verbose_name = "Xếp loại chất lượng"

    def ready(self):
        from ledger import undo
        from members.merging import mergers
        from members.register import places
        from organizations import reorganize

        from . import merged, undoing
        from .periods.periods import follow_roll, follow_tree

        places.FOLLOWERS.add(follow_roll)
        reorganize.FOLLOWERS.add(follow_tree)
        mergers.FOLLOWERS.add(merged.follow)
        mergers.TELLERS.add(merged.tell)
        undo.GUARDS.add(undoing.rated_since)
        undo.PREPARERS.add(undoing.put_back)
