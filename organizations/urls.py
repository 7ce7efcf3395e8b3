from django.urls import path

from . import views

urlpatterns = [
    path("phan-cong/", views.offices, name="offices"),
    path("to-chuc/<str:code>/<int:year>/", views.organization, name="organization"),
]
