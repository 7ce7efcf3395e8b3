from django.urls import path, register_converter

from .committee import views as committee_views
from .frame import PeriodConverter
from .history import views as history_views
from .periods import views as bloc_views
from .sheets import views

register_converter(PeriodConverter, "ky")

urlpatterns = [
    path("viec-can-lam/", bloc_views.tasks, name="tasks"),
    path("ky-xep-loai/", bloc_views.periods, name="periods"),
    path("xep-loai/<str:code>/<ky:period>/", views.ratings, name="ratings"),
    path("xep-loai/<str:code>/<ky:period>/dong/", views.line, name="rating_line"),
    path("xep-loai/<str:code>/<ky:period>/dan/", views.paste, name="rating_paste"),
    path("xep-loai/<str:code>/<ky:period>/buoc/", views.step, name="rating_step"),
    path("xep-loai/<str:code>/<ky:period>/to-chuc/", committee_views.organizations, name="rating_organizations"),
    path("xep-loai/<str:code>/<ky:period>/lich-su/", history_views.sheet_history, name="rating_history"),
    path("xep-loai/<str:code>/<ky:period>/dinh-chinh/", history_views.correction, name="rating_correction"),
    path("dang-vien/<int:pk>/xep-loai/", history_views.member, name="member_ratings"),
]
