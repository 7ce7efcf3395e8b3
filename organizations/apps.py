from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "Tổ chức đảng"

    def ready(self):
        from ledger import undo

        from .reorganize import settle_undone

        undo.FOLLOWERS.append(settle_undone)
