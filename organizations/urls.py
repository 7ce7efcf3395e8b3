from django.urls import path

from . import views

urlpatterns = [
    path("phan-cong/", views.offices, name="offices"),
    path("phan-cong/cho-xem/", views.appointments, name="appointments"),
    path("to-chuc/<str:code>/<int:year>/", views.organization, name="organization"),
]
