from django.urls import path

from . import badge_views, candidate_views, views

urlpatterns = [
    path("dang-vien/ho-so/<int:pk>/", views.member, name="member"),
    path("dang-vien/<str:code>/<int:year>/", views.people, name="people"),
    path("bien-dong/<str:code>/<int:year>/", views.balance, name="balance"),
    path("nguon-ket-nap/nguoi/<int:pk>/", candidate_views.candidate, name="candidate"),
    path("nguon-ket-nap/<str:code>/<int:year>/", candidate_views.candidates, name="candidates"),
    path("huy-hieu/<str:code>/<int:year>/", badge_views.badges, name="badges"),
]
