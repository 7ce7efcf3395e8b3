from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from . import errors, own_password, views
from .finding import views as finding
from .help import views as help
from .look import views as looks
from .navigation import turning

urlpatterns = [
    path("dang-nhap/", views.SignInView.as_view(), name="login"),
    path("dang-xuat/", auth.LogoutView.as_view(), name="logout"),
    path("doi-mat-khau/", own_password.OwnPasswordView.as_view(), name="password_change"),
    path("doi-mat-khau/xong/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("quan-tri/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("chuyen/<str:code>/<int:year>/", turning.turn, name="turn"),
    path("tim/", finding.find, name="find"),
    path("tim/van-ban/<int:pk>/", finding.paper, name="find_paper"),
    path("tro-giup/", help.guide, name="help"),
    path("tro-giup/<slug:slug>/", help.chapter, name="help_chapter"),
    path("giao-dien/", looks.look, name="look"),
    path("tuy-chon/", help.choose, name="choose"),
    path("", include("organizations.urls")),
    path("", include("members.urls")),
    path("", include("inspections.urls")),
    path("", include("ratings.urls")),
    path("", include("indicators.urls")),
    path("", include("reorganizations.urls")),
    path("", include("imports.urls")),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failure
