from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "ratings"
    verbose_name = "Xếp loại chất lượng"

    def ready(self):
        from members import merging, register
        from organizations import reorganize

        from . import merged
        from .periods import follow_roll, follow_tree

        register.FOLLOWERS.add(follow_roll)
        reorganize.FOLLOWERS.add(follow_tree)
        merging.FOLLOWERS.add(merged.follow)
        merging.TELLERS.add(merged.tell)
