"""What every page of the administration shares: facts are read there, catalogues edited, nothing deleted."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from ledger.acts import wait_turn
from ledger.models import Spell
from ledger.numbers import day_in_words

UNSEEN = ("id", "added", "voided", "version")


class NeverDelete:
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class OneAtATime(admin.ModelAdmin):
    """Two who write rows of one model wait for each other, so that the second is judged by what the first wrote."""

    def _changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            wait_turn([self.opts.label])
        return super()._changeform_view(request, *args, **kwargs)


class SaysUntil:
    @admin.display(description="đến trước ngày", ordering="ends")
    def until(self, spell: Spell) -> str:
        return "nay" if spell.is_open else day_in_words(spell.ends)


class ReadOnly(SaysUntil, NeverDelete, admin.ModelAdmin):
    """Facts: added and changed by the verbs alone."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["until"] if isinstance(obj, Spell) else []

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [name for name in super().get_fields(request, obj) if name not in ("ends", "version")]


class CatalogueRowForm(forms.ModelForm):
    """A row that says what another says already, to the last column, is the same form sent twice."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        columns = {field.name for field in self._meta.model._meta.concrete_fields} & set(self.fields)
        if columns and columns <= data.keys():
            same = {name if data[name] is not None else f"{name}__isnull": data[name] for name in columns}
            same = {name: True if value is None else value for name, value in same.items()}
            if self._meta.model._base_manager.filter(**same).exclude(pk=self.instance.pk).exists():
                raise forms.ValidationError("Đã có một dòng ghi đúng như vậy, nên không ghi thêm lần nữa.")
        return data


class RecordedCatalogueAdmin(OneAtATime, NeverDelete, SimpleHistoryAdmin):
    """Rows that the administrator edits; each edit keeps its history."""

    form = CatalogueRowForm
    object_history_list_template = "admin/history_list.html"
    object_history_form_template = "admin/history_form.html"
    formfield_overrides = {models.DecimalField: {"localize": True}}  # else 12,5 is no number


class ReadOnlyInline(SaysUntil, admin.TabularInline):
    template = "admin/read_only_inline.html"
    readonly_fields = ["until"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def read_only(*models_: type[Model], **options: Any) -> None:
    """Registers plain read-only pages; dates and foreign keys come first in the list."""
    for model in models_:
        shown = [f.name for f in model._meta.concrete_fields if f.name not in UNSEEN][:6]
        shown = ["until" if name == "ends" else name for name in shown]
        related = [f.name for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
        attributes = {
            "list_display": ["__str__", *shown] if "__str__" in model.__dict__ else shown,
            "list_select_related": related,
            **options,
        }
        admin.site.register(model, type(f"{model.__name__}Admin", (ReadOnly,), attributes))
