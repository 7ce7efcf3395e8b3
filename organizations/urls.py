from django.urls import path

from . import views

urlpatterns = [path("to-chuc/<str:code>/<int:year>/", views.organization, name="organization")]
