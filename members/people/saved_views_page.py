"""The page on which one's ways of looking at the list are kept, renamed, shared and removed."""

from django import forms

from ledger.fields import CleanFormField
from ledger.web.forms import attempt
from members.models import SavedView
from organizations.frame import frame
from organizations.models import Role

from .saved_views import change_view, own_view, remove_view, save_view

SAVE, CHANGE, REMOVE = "luu", "sua", "bo"


class ViewForm(forms.Form):
    ten = CleanFormField(label="Tên", max_length=60, error_messages={"required": "Hãy đặt tên cho cách xem."})
    chia_se = forms.ChoiceField(label="Ai thấy", required=False, choices=[("", "chỉ tôi"), *Role.choices])
    loc = forms.CharField(required=False, widget=forms.HiddenInput())
    so = forms.CharField(required=False, widget=forms.HiddenInput())


class SavedViewsPage:
    """`query`: the way of looking that may be kept (text). What is sent names its errand in `viec`, its view in `so`."""

    def __init__(self, user, code, year, query="", sent=None):
        self.user, self.page = user, frame(user, code, year)
        self.sent = sent if sent is not None else {}
        self.errand = self.sent.get("viec", "")
        self.form = self._form("moi", loc=query)
        self.own = [self._of(view) for view in SavedView.objects.filter(owner=user)]

    def _of(self, view):
        """(SavedView, its form)"""
        values = {"ten": view.name, "chia_se": view.shared_with, "loc": view.query}
        return view, self._form(f"v{view.pk}", so=view.pk, **values)

    def _form(self, auto_id, so="", **initial):
        mine = self.errand in (SAVE, CHANGE) and self.sent.get("so", "") == str(so)
        return ViewForm(self.sent if mine else None, initial=initial | {"so": so}, auto_id=f"{auto_id}_%s")

    @property
    def query(self):
        return self.form["loc"].value() or ""

    def take(self):
        """The sentence that says what was done, or None. Http404 for a view that is not one's own."""
        if self.errand == SAVE:
            return self._save()
        view = own_view(self.user, self.sent.get("so", ""))
        if self.errand == REMOVE:
            remove_view(view, by=self.user)
            return f"Đã bỏ cách xem “{view.name}”."
        return self._change(view)

    def _save(self):
        form = self.form
        if attempt(form, lambda: save_view(form.cleaned_data["ten"], form.cleaned_data["loc"], **self._act(form))):
            return f"Đã lưu cách xem “{form.cleaned_data['ten']}”."
        return None

    def _change(self, view):
        form = next(form for own, form in self.own if own.pk == view.pk)
        if attempt(form, lambda: change_view(view, name=form.cleaned_data["ten"], **self._act(form))):
            return f"Đã ghi cách xem “{form.cleaned_data['ten']}”."
        return None

    def _act(self, form):
        return {"by": self.user, "shared_with": form.cleaned_data["chia_se"]}

    def context(self):
        return self.page.context() | {"page": self}
