from django.urls import path, register_converter

from .frame import PeriodConverter
from .history import views as history
from .periods import views as periods
from .sheets import views as sheets
from .tasks import views as tasks
from .verdicts import views as verdicts

register_converter(PeriodConverter, "ky")

urlpatterns = [
    path("viec-can-lam/", tasks.tasks, name="tasks"),
    path("ky-xep-loai/", periods.periods, name="periods"),
    path("xep-loai/<str:code>/<ky:period>/", sheets.ratings, name="ratings"),
    path("xep-loai/<str:code>/<ky:period>/dong/", sheets.line, name="rating_line"),
    path("xep-loai/<str:code>/<ky:period>/dan/", sheets.paste, name="rating_paste"),
    path("xep-loai/<str:code>/<ky:period>/buoc/", sheets.step, name="rating_step"),
    path("xep-loai/<str:code>/<ky:period>/to-chuc/", verdicts.organizations, name="rating_organizations"),
    path("xep-loai/<str:code>/<ky:period>/lich-su/", history.sheet_history, name="rating_history"),
    path("xep-loai/<str:code>/<ky:period>/dinh-chinh/", history.correction, name="rating_correction"),
    path("dang-vien/<int:pk>/xep-loai/", history.member, name="member_ratings"),
]
