"""Catalogues that come with the migrations begin their history there, so that the first edit can be taken back."""

from django.apps.registry import Apps
from django.db.models import Model
from django.utils import timezone


def first_line(apps: Apps, app: str, row: Model) -> None:
    """Writes the first line of the history of `row`, a migration's model instance."""
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    history = apps.get_model(app, f"Historical{row._meta.object_name}")
    history.objects.create(**columns, history_date=timezone.now(), history_type="+")
