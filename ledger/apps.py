from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = "Sổ cái và tài khoản"

    def ready(self):
        from . import checks  # noqa: F401
