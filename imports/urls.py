from django.urls import path

from .wizard import views

urlpatterns = [
    path("nhap-du-lieu/", views.imports, name="imports"),
    path("nhap-du-lieu/<int:pk>/", views.import_run, name="import_run"),
    path("nhap-du-lieu/<int:pk>/can-sua.xlsx", views.import_returned, name="import_returned"),
    path("xep-loai/<str:code>/<ky:period>/phieu-de-ghi/", views.rating_workbook, name="rating_workbook"),
    path("nhap-du-lieu/mau/<str:kind>.xlsx", views.import_template, name="import_template"),
    path("nhap-du-lieu/vi-du/", views.import_examples, name="import_examples"),
    path("nhap-du-lieu/vi-du/<slug:name>.xlsx", views.import_example, name="import_example"),
    path("nhap-du-lieu/vi-du.zip", views.import_examples_together, name="import_examples_together"),
]
