"""Schemes get versions; what the periods locked until now read is frozen as it stands."""

import json
from hashlib import sha256

import django.db.models.deletion
from django.db import migrations, models

# Format 1 of ratings/scheme_text.py, as it was when this was written.
OF_PERIOD = "year quarter starts cutoff cell_due committee_due bloc_due".split()
OF_SCHEME = "code version name first_year last_year legal_basis comparable_group".split()
COLUMNS = {
    "levels": "code rank organization_label member_label least_points".split(),
    "reasons": "code label kind of_organizations ceiling months".split(),
    "caps": "limits percent base enabled".split(),
    "rules": "code strength number legal_basis enabled".split(),
}


def plain(value):
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else f"{value.normalize():f}"


def key(part, row):
    if part == "levels":
        return str(row.rank)
    if part == "caps":
        return row.limits
    if part == "rules" and row.reason_id:
        return f"{row.code} {row.reason.code}"
    return row.code


def freeze(apps, editor):
    frozen = apps.get_model("ratings", "FrozenScheme")
    for period in apps.get_model("ratings", "Period").objects.filter(locked__isnull=False).select_related("scheme"):
        found = {"format": 1, "period": {name: plain(getattr(period, name)) for name in OF_PERIOD}}
        found["scheme"] = {name: plain(getattr(period.scheme, name)) for name in OF_SCHEME}
        for part, columns in COLUMNS.items():
            found[part] = rows = {}
            for row in getattr(period.scheme, part).order_by("pk"):
                name = key(part, row)
                while name in rows:
                    name += " (nữa)"
                rows[name] = {column: plain(getattr(row, column)) for column in columns}
        text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        seal = sha256(text.encode()).hexdigest()
        frozen.objects.create(
            period=period, text=text, seal=seal, added_id=period.locked_id, voided_id=period.voided_id
        )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_dates_lead_an_index"), ("ratings", "0004_rules_and_calendar")]

    operations = [
        migrations.AlterModelOptions(
            name="scheme",
            options={
                "ordering": ["first_year", "code", "version"],
                "verbose_name": "lược đồ xếp loại",
                "verbose_name_plural": "lược đồ xếp loại",
            },
        ),
        migrations.AddField(
            model_name="historicalscheme",
            name="version",
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="bản"),
        ),
        migrations.AddField(
            model_name="scheme",
            name="version",
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="bản"),
        ),
        migrations.AlterField(
            model_name="historicalscheme", name="code", field=models.CharField(max_length=10, verbose_name="mã")
        ),
        migrations.AlterField(
            model_name="scheme", name="code", field=models.CharField(max_length=10, verbose_name="mã")
        ),
        migrations.AddConstraint(
            model_name="scheme",
            constraint=models.UniqueConstraint(fields=("version", "code"), name="scheme_version_once"),
        ),
        migrations.CreateModel(
            name="FrozenScheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="lược đồ lúc khóa")),
                ("seal", models.CharField(max_length=64, verbose_name="mã kiểm tra")),
                (
                    "added",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.change",
                        verbose_name="ghi bởi",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frozen_schemes",
                        to="ratings.period",
                        verbose_name="kỳ",
                    ),
                ),
                (
                    "voided",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.change",
                        verbose_name="hủy bởi",
                    ),
                ),
            ],
            options={"verbose_name": "lược đồ chốt cùng kỳ", "verbose_name_plural": "lược đồ chốt cùng kỳ"},
        ),
        migrations.AddConstraint(
            model_name="frozenscheme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided__isnull", True)), fields=("period",), name="one_frozen_scheme_a_period"
            ),
        ),
        migrations.RunPython(freeze, migrations.RunPython.noop),
    ]
