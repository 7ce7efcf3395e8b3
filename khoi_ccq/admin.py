from django.contrib import admin

from .forms import AdminSignIn

admin.site.login_form = AdminSignIn
