from django.urls import path

from .checks import views as checks
from .handover import views as handover
from .letters import views as letters
from .overview import views as overview

urlpatterns = [
    path("kiem-tra/cuoc/<int:pk>/", checks.inspection, name="inspection"),
    path("kiem-tra/<str:code>/<int:year>/", overview.overview, name="inspections"),
    path("kiem-tra/<str:code>/<int:year>/danh-sach/", checks.subjects, name="inspection_list"),
    path("kiem-tra/<str:code>/<int:year>/ghi/", checks.plan, name="inspection_plan"),
    path("kiem-tra/<str:code>/<int:year>/ban-giao/", handover.handover, name="handover"),
    path("don-thu/don/<int:pk>/", letters.letter, name="letter"),
    path("don-thu/<str:code>/<int:year>/", letters.letters, name="letters"),
    path("don-thu/<str:code>/<int:year>/nhan/", letters.letter_new, name="letter_new"),
]
