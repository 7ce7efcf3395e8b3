from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

from .text import clean, clean_lines, code_text, number_text


class CleanFormField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return super().to_python(clean(value))


class CodeFormField(CleanFormField):
    """A code, or the number of a paper: every dash in it is a hyphen."""

    def to_python(self, value: Any) -> str:
        return code_text(super().to_python(value))


class LinesFormField(forms.CharField):
    """Text of several lines, which stay; the one field to stand behind a textarea."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_lines(value))


class CleanCharField(models.CharField):
    """Text that passed through the one cleaner, whoever wrote it (form, import, command).

    `normal`: what a stored text is held against; `written`: what is written from now on.
    """

    if TYPE_CHECKING:

        def __get__(self, instance: Any, owner: Any = None) -> str: ...
        def __set__(self, instance: Any, value: Any) -> None: ...

    normal = written = staticmethod(clean)
    form_class = CleanFormField

    def get_prep_value(self, value: Any) -> str | None:
        return super().get_prep_value(value if value is None else self.written(value))

    def to_python(self, value: Any) -> str | None:
        value = super().to_python(value)
        return value if value is None else self.written(value)

    def formfield(self, **kwargs: Any) -> forms.Field:
        kwargs.setdefault("form_class", forms.TypedChoiceField if self.choices else self.form_class)
        return super().formfield(**kwargs)


class CodeCharField(CleanCharField):
    """A code, or the number of a paper: alike however its dashes were typed, so that who seeks it finds it.

    Nobody can write a paper anew, so a number that stands with another dash is not called wrong.
    """

    written = staticmethod(code_text)
    form_class = CodeFormField


class NumberCharField(CleanCharField):
    """A number that is a name, as of a card: leading zeros stay, spaces within do not."""

    normal = written = staticmethod(number_text)


class CleanTextField(models.TextField):
    if TYPE_CHECKING:

        def __get__(self, instance: Any, owner: Any = None) -> str: ...
        def __set__(self, instance: Any, value: Any) -> None: ...

    normal = staticmethod(clean_lines)

    def get_prep_value(self, value: Any) -> str | None:
        return super().get_prep_value(value if value is None else clean_lines(value))

    def to_python(self, value: Any) -> str | None:
        value = super().to_python(value)
        return value if value is None else clean_lines(value)


class KeyField(models.CharField):
    """A key derived from the other columns whenever the row is written, one by one or in bulk.

    `derive`: name of the model's method that gives it.
    """

    def __init__(self, *args: Any, derive: str = "", **kwargs: Any) -> None:
        self.derive = derive
        kwargs.setdefault("max_length", 1000)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "derive": self.derive}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        derive = getattr(
            instance, self.derive, None
        )  # a migration's models have no methods and give the key themselves
        if derive is not None:
            setattr(instance, self.attname, derive())
        return getattr(instance, self.attname)
