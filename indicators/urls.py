from django.urls import path

from .closing import views as closing
from .compare import views as compare
from .dashboard import views as dashboard
from .figure import views as figure
from .first_steps import views as first_steps
from .forecast import views as forecast
from .groups import views as groups
from .self_check import views as self_check
from .staff import views as staff
from .targets import views as targets

urlpatterns = [
    path("", dashboard.home, name="home"),
    path("tu-kiem-tra/", self_check.self_check, name="self_check"),
    path("bat-dau/", first_steps.first_steps, name="first_steps"),
    path("chi-tieu/<str:code>/<int:year>/", dashboard.dashboard, name="dashboard"),
    path("chi-tieu/<str:code>/<int:year>/tung-noi/", dashboard.heat_map, name="heat_map"),
    path("chi-tieu/<str:code>/<int:year>/so-sanh/", compare.compare, name="compare"),
    path("chi-tieu/<str:code>/<int:year>/chot/", closing.closing, name="closing"),
    path("chi-tieu/<str:code>/<int:year>/giao/", targets.targets_tab, name="targets"),
    path("chi-tieu/<str:code>/<int:year>/giao/bang/", targets.targets_grid, name="targets_grid"),
    path("chi-tieu/<str:code>/<int:year>/du-bao/", forecast.forecast, name="forecast"),
    path("to-chuc/<str:code>/<int:year>/cong-chuc-vien-chuc/", staff.staff, name="staff"),
    path("chi-tieu/<str:code>/<int:year>/nhom/", groups.groups, name="groups"),
    path("chi-tieu/<str:code>/<int:year>/nhom/moi/", groups.chosen, name="group_new"),
    path("chi-tieu/<str:code>/<int:year>/nhom/<str:group>/kem/", groups.chosen, name="group_part"),
    path("chi-tieu/<str:code>/<int:year>/nhom/<str:indicator>/", groups.chosen, name="group_indicator"),
    path("chi-tieu/<str:code>/<int:year>/<str:group>/", figure.indicator, name="indicator"),
]
