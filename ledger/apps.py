from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = "Sổ cái và tài khoản"

    def ready(self) -> None:
        from . import checks  # noqa: F401

        autodiscover_modules("verbs")
