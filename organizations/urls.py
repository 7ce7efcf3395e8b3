from django.urls import path

from . import views
from .accounts import views as accounts

urlpatterns = [
    path("phan-cong/", views.offices, name="offices"),
    path("phan-cong/cho-xem/", views.appointments, name="appointments"),
    path("phan-cong/tai-khoan/", accounts.accounts, name="accounts"),
    path("phan-cong/tai-khoan/<str:code>/", accounts.office, name="office"),
    path("to-chuc/<str:code>/<int:year>/", views.organization, name="organization"),
]
