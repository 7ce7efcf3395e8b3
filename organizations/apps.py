from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "Tổ chức đảng"

    def ready(self) -> None:
        from ledger import undo
        from ledger.accounts import password_given

        from .accounts.making import switch_off_unused
        from .confirming import tell_of_password
        from .reorganize import GUARDS, settle_undone
        from .staff.counts import counts_left_behind

        password_given.connect(tell_of_password, dispatch_uid="organizations.tell_of_password")
        undo.FOLLOWERS.add(settle_undone, switch_off_unused)
        GUARDS.add(counts_left_behind)
