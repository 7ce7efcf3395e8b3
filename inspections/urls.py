from django.urls import path

from . import views

urlpatterns = [
    path("kiem-tra/cuoc/<int:pk>/", views.inspection, name="inspection"),
    path("kiem-tra/<str:code>/<int:year>/", views.overview, name="inspections"),
    path("kiem-tra/<str:code>/<int:year>/danh-sach/", views.subjects, name="inspection_list"),
    path("kiem-tra/<str:code>/<int:year>/ghi/", views.plan, name="inspection_plan"),
    path("kiem-tra/<str:code>/<int:year>/ban-giao/", views.handover, name="handover"),
    path("don-thu/don/<int:pk>/", views.letter, name="letter"),
    path("don-thu/<str:code>/<int:year>/", views.letters, name="letters"),
    path("don-thu/<str:code>/<int:year>/nhan/", views.letter_new, name="letter_new"),
]
