from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from ledger.web.admin_names import called

from .administration.first import first_page
from .forms import AdminSignIn


class NamesToChoose(AutocompleteJsonView):
    """What is offered as one types is called as everywhere in the administration."""

    def serialize_result(self, obj, to_field_name):
        return super().serialize_result(obj, to_field_name) | {"text": called(obj)}


def index(request, extra_context=None):
    context = admin.site.each_context(request) | first_page(request) | (extra_context or {})
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/index.html", context)


def autocomplete(request):
    return NamesToChoose.as_view(admin_site=admin.site)(request)


def own_password(request, extra_context=None):
    """There is one page for one's own password, whoever one is."""
    return redirect("password_change")


admin.site.login_form = AdminSignIn
admin.site.password_change = own_password
admin.site.index = index
admin.site.autocomplete_view = autocomplete
