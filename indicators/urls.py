from django.urls import path

from . import views
from .forecast import views as forecast_views

urlpatterns = [
    path("", views.home, name="home"),
    path("tu-kiem-tra/", views.self_check, name="self_check"),
    path("bat-dau/", views.first_steps, name="first_steps"),
    path("chi-tieu/", views.choose, name="choose"),
    path("chi-tieu/<str:code>/<int:year>/", views.dashboard, name="dashboard"),
    path("chi-tieu/<str:code>/<int:year>/chot/", views.closing, name="closing"),
    path("chi-tieu/<str:code>/<int:year>/giao/", views.targets_tab, name="targets"),
    path("chi-tieu/<str:code>/<int:year>/du-bao/", forecast_views.forecast, name="forecast"),
    path("chi-tieu/<str:code>/<int:year>/<str:group>/", views.indicator, name="indicator"),
]
