from django.core.checks import Error, register
from django.db import connection


@register()
def immediate_transactions(app_configs, **kwargs):
    """On SQLite a deferred transaction that reads and then writes fails at once, whatever the timeout."""
    options = connection.settings_dict.get("OPTIONS", {})
    if connection.vendor == "sqlite" and options.get("transaction_mode") != "IMMEDIATE":
        return [Error("SQLite phải chạy với transaction_mode=IMMEDIATE.", id="ledger.E001")]
    if connection.settings_dict.get("ATOMIC_REQUESTS"):
        return [Error("Không được đặt ATOMIC_REQUESTS: mọi lượt xem sẽ giữ khóa ghi.", id="ledger.E002")]
    return []
