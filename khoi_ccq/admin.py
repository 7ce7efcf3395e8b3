from django.contrib import admin
from django.shortcuts import redirect

from .forms import AdminSignIn


def own_password(request, extra_context=None):
    """There is one page for one's own password, whoever one is."""
    return redirect("password_change")


admin.site.login_form = AdminSignIn
admin.site.password_change = own_password
