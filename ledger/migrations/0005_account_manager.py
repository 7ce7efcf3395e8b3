"""Accounts are made by the manager that knows the one rule of passwords."""

import ledger.models
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0004_must_change_password'),
    ]

    operations = [
        migrations.AlterModelManagers(
            name='user',
            managers=[
                ('objects', ledger.models.AccountManager()),
            ],
        ),
    ]
