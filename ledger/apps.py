from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = "Tài khoản và hệ thống"

    def ready(self) -> None:
        from . import checks  # noqa: F401

        autodiscover_modules("verbs")
