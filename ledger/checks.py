from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import NotSupportedError, connection

from . import clock

OLDEST = {"sqlite": (3, 40), "postgresql": (14,)}


@register()
def immediate_transactions(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """On SQLite a deferred transaction that reads and then writes fails at once, whatever the timeout."""
    options = connection.settings_dict.get("OPTIONS", {})
    if connection.vendor == "sqlite" and options.get("transaction_mode") != "IMMEDIATE":
        return [Error("SQLite phải chạy với transaction_mode=IMMEDIATE.", id="ledger.E001")]
    if connection.settings_dict.get("ATOMIC_REQUESTS"):
        return [Error("Không được đặt ATOMIC_REQUESTS: mọi lượt xem sẽ giữ khóa ghi.", id="ledger.E002")]
    return []


@register()
def sqlite_is_known(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """Figures are told only by versions on which they were tried. SQLite tells its own without being connected."""
    return _known_version() if connection.vendor == "sqlite" else []


@register(Tags.database)
def postgresql_is_known(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[Error]:
    """Asked where the database is at hand: by `migrate`, and by `check --database default`."""
    return _known_version() if connection.vendor == "postgresql" and "default" in (databases or ()) else []


def faults_of_database() -> list[Error]:
    """[Error] of what keeps the site from running on this database: for an entry point that runs no checks."""
    return [*immediate_transactions(None), *_known_version()]


def _known_version() -> list[Error]:
    oldest = OLDEST[connection.vendor]
    try:
        version = connection.get_database_version()
    except NotSupportedError:  # older than Django itself takes
        version = ()
    if version >= oldest:
        return []
    has = f"bản {'.'.join(map(str, version))}" if version else "một bản cũ hơn"
    need = f"{connection.display_name} từ bản {'.'.join(map(str, oldest))} trở lên"
    return [Error(f"Phần mềm cần {need}; máy này có {has}. Hãy nâng cấp rồi chạy lại.", id="ledger.E003")]


@register(Tags.database)
def no_demonstration_in_production(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[Error]:
    """Told by `migrate`; the site itself refuses every page (khoi_ccq/demonstration.py)."""
    if not settings.PRODUCTION or "default" not in (databases or ()):
        return []
    if "ledger_installation" not in connection.introspection.table_names() or not clock.holds_demonstration():
        return []
    return [Error("PRODUCTION=1 không dùng cơ sở dữ liệu của bản trình diễn. Hãy đổi DATABASE_URL.", id="ledger.E004")]
