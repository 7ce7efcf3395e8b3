from django.urls import path

from .actions import views as errand_views
from .badges import views as badge_views
from .candidates import views as candidate_views
from .people import views
from .records import views as record_views
from .roll import size_views, tree_views

urlpatterns = [
    path("dang-vien/ho-so/<int:pk>/", views.member, name="member"),
    path("dang-vien/<str:code>/<int:year>/", views.people, name="people"),
    path("bien-dong/<str:code>/<int:year>/", views.balance, name="balance"),
    path("dang-vien/ho-so/<int:pk>/ghi/<slug:viec>/", errand_views.errand, name="errand"),
    path("dang-vien/ho-so/<int:pk>/huy/<int:change>/", errand_views.take_back, name="take_back"),
    path("du-bi/<str:code>/<int:year>/", errand_views.probation, name="probation"),
    path("chuyen-sinh-hoat/<str:code>/<int:year>/", errand_views.offers, name="offers"),
    path("dang-vien/ho-so/<int:pk>/sua/", record_views.record, name="record"),
    path("dang-vien/ho-so/<int:pk>/gop/", record_views.merge, name="merge_records"),
    path("dang-vien/<str:code>/<int:year>/ghi-moi/<str:errand>/", record_views.enter, name="enter"),
    path("dang-vien/<str:code>/<int:year>/chon/", record_views.selected, name="people_selected"),
    path("dang-vien/<str:code>/<int:year>/cach-xem/", record_views.saved_views, name="saved_views"),
    path("nguon-ket-nap/nguoi/<int:pk>/", candidate_views.candidate, name="candidate"),
    path("nguon-ket-nap/<str:code>/<int:year>/", candidate_views.candidates, name="candidates"),
    path("huy-hieu/<str:code>/<int:year>/", badge_views.badges, name="badges"),
    path("cay-to-chuc/<str:code>/<int:year>/", tree_views.tree, name="tree"),
    path("so-luong/<str:code>/<int:rule>/", size_views.approval, name="approve_size"),
]
