"""What every page of the administration shares: facts are read there, catalogues edited, nothing deleted."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from simple_history.admin import SimpleHistoryAdmin

from ledger.acts import wait_turn
from ledger.fields import KeyField
from ledger.models import Spell
from ledger.numbers import day_in_words
from ledger.text import as_id

from .admin_names import NamedChangeList, called, few_that_hold, holding_words, known_columns, named
from .finding import begun
from .forms import DayField

UNSEEN = ("id", "added", "voided", "version")
SEARCH_HELP = "Gõ có dấu hoặc không dấu, các từ theo thứ tự nào cũng được."
YES, NO = "có", "không"
Told = str | Callable[[Any], Any]


class TypedDayField(DayField):
    """A day as it is typed. Which are possible its row says: the limits themselves are set here, and may be widened."""

    def why_impossible(self, day: date) -> str:
        return ""


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


@cache
def told(model: type[Model], name: str) -> Told:
    """The column `name` in words, as a display of the administration: names for ids, "có" for True; else `name` itself.

    The same display each time, for Django holds one against another.
    """
    field = next((one for one in model._meta.concrete_fields if one.name == name), None)
    if field is None:
        return name
    if isinstance(field, models.BooleanField):

        def display(row: Any) -> str:
            value = getattr(row, name)
            return "" if value is None else YES if value else NO

    elif name in known_columns(model):

        def display(row: Any) -> str:
            if not hasattr(row, "beside"):
                named([row], known_columns(model))
            return row.beside[name]

    else:
        return name
    display.__name__ = name
    return admin.display(display, description=field.verbose_name, ordering=name)


class InWords(admin.ModelAdmin):
    """Lists and pages that name what they show.

    `about`: a sentence, what the rows are for; `helps`: {column: what is written there and what happens then}.
    """

    about = ""
    helps: dict[str, str] = {}

    def told(self, name: Told) -> Told:
        """`told` of this model; what the page says in words of its own stays."""
        return name if not isinstance(name, str) or hasattr(self, name) else told(self.model, name)

    def get_list_display(self, request: HttpRequest) -> list[Told]:
        return [self.told(name) for name in super().get_list_display(request)]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedChangeList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        said = {"title": capfirst(self.opts.verbose_name_plural), "about": self.about}
        return super().changelist_view(request, said | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Model | None = None, **kwargs: Any
    ) -> HttpResponse:
        said = {"subtitle": called(obj), "about": self.about} if obj else {"about": self.about}
        self._say_what_is_only_read(context["adminform"])
        return super().render_change_form(request, context | said, *args, obj=obj, **kwargs)

    def _say_what_is_only_read(self, page: AdminForm) -> None:
        words = {name: self.told(name) for name in page.readonly_fields}
        page.readonly_fields = list(words.values())
        page.fieldsets = [
            (name, options | {"fields": [words.get(one, one) for one in options["fields"]]})
            for name, options in page.fieldsets
        ]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """With its word of help; without the small signs that open another window to add, change or view what is chosen."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in self.helps:
            field.help_text = self.helps[db_field.name]
        for name in ("add", "change", "delete", "view"):
            if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
                setattr(field.widget, f"can_{name}_related", False)
        return field

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Says alone whether there is anything to seek by; how is `get_search_results`."""
        return [*super().get_search_fields(request), *known_columns(self.model)]

    def own_words(self) -> Callable[[str], Q] | None:
        """word → Q of the rows that hold it themselves; None where none does."""
        fields = self.search_fields
        keys = {field.name for field in self.model._meta.concrete_fields if isinstance(field, KeyField)}

        def own(word: str) -> Q:
            found = Q()
            for name in fields:
                found |= begun(name, [word]) if name in keys else Q(**{f"{name}__icontains": word})
            return found

        return own if fields else None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.filter(holding_words(search_term, known_columns(self.model), self.own_words())), False


class ReadOnly(SaysUntil, NeverDelete, InWords):
    """Facts: added and changed by the verbs alone."""

    list_per_page = 50
    show_full_result_count = False
    search_help_text = SEARCH_HELP

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["until"] if isinstance(obj, Spell) else []

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        keys = {field.name for field in self.model._meta.concrete_fields if isinstance(field, KeyField)}
        return [name for name in super().get_fields(request, obj) if name not in ("ends", "version", *keys)]


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


class RecordedCatalogueAdmin(OneAtATime, NeverDelete, InWords, SimpleHistoryAdmin):
    """Rows that the administrator edits; each edit keeps its history."""

    form = CatalogueRowForm
    search_help_text = SEARCH_HELP
    object_history_list_template = "admin/history_list.html"
    object_history_form_template = "admin/history_form.html"
    formfield_overrides = {
        models.DecimalField: {"localize": True},  # else 12,5 is no number
        models.DateField: {"form_class": TypedDayField, "widget": DayField().widget},
    }

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if as_id(version_id) is None:
            raise Http404
        return super().history_form_view(request, object_id, version_id, extra_context)

    def own_words(self) -> Callable[[str], Q] | None:
        fields = self.search_fields
        return (lambda word: Q(pk__in=few_that_hold(self.model.objects.all(), fields, word))) if fields else None


class ReadOnlyInline(SaysUntil, admin.TabularInline):
    template = "admin/read_only_inline.html"
    extra = 0
    can_delete = False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Told]:
        return [told(self.model, name) for name in super().get_fields(request, obj)]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Told]:
        return self.get_fields(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def read_only(*models_: type[Model], **options: Any) -> None:
    """Registers plain read-only pages; dates and foreign keys come first in the list."""
    for model in models_:
        columns = [f for f in model._meta.concrete_fields if f.name not in UNSEEN and not isinstance(f, KeyField)]
        shown = [f.name for f in columns][:6]
        shown = ["until" if name == "ends" else name for name in shown]
        related = [f.name for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
        attributes = {
            "list_display": ["__str__", *shown] if "__str__" in model.__dict__ else shown,
            "list_select_related": related,
            **options,
        }
        admin.site.register(model, type(f"{model.__name__}Admin", (ReadOnly,), attributes))
