from django.urls import path

from . import views

urlpatterns = [
    path("sap-xep/<str:code>/", views.offers, name="reorganize"),
    path("sap-xep/<str:code>/<slug:slug>/", views.reorganize, name="reorganize_act"),
    path("sap-xep/<str:code>/huy/<int:pk>/", views.undo, name="reorganize_undo"),
]
