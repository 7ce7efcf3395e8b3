from django.urls import path

from .actions import views as actions
from .badges import views as badges
from .candidates import views as candidates
from .life import views as life
from .merging import views as merging
from .people import views as people
from .profile import views as profile
from .records import views as records
from .register import views as register
from .roll import views as roll

urlpatterns = [
    path("dang-vien/ho-so/<int:pk>/", profile.member, name="member"),
    path("dang-vien/<str:code>/<int:year>/", people.people, name="people"),
    path("bien-dong/<str:code>/<int:year>/", roll.balance, name="balance"),
    path("dang-vien/ho-so/<int:pk>/ghi/<slug:viec>/", actions.errand, name="errand"),
    path("dang-vien/ho-so/<int:pk>/huy/<int:change>/", profile.take_back, name="take_back"),
    path("du-bi/<str:code>/<int:year>/", life.probation, name="probation"),
    path("chuyen-sinh-hoat/<str:code>/<int:year>/", life.offers, name="offers"),
    path("dang-vien/ho-so/<int:pk>/sua/", records.record, name="record"),
    path("dang-vien/ho-so/<int:pk>/gop/", merging.merge, name="merge_records"),
    path("dang-vien/<str:code>/<int:year>/ghi-moi/<str:errand>/", register.enter, name="enter"),
    path("dang-vien/<str:code>/<int:year>/chon/", people.selected, name="people_selected"),
    path("dang-vien/<str:code>/<int:year>/cach-xem/", people.saved_views, name="saved_views"),
    path("nguon-ket-nap/nguoi/<int:pk>/", candidates.candidate, name="candidate"),
    path("nguon-ket-nap/<str:code>/<int:year>/", candidates.candidates, name="candidates"),
    path("huy-hieu/<str:code>/<int:year>/", badges.badges, name="badges"),
    path("cay-to-chuc/<str:code>/<int:year>/", roll.tree, name="tree"),
    path("so-luong/<str:code>/<int:rule>/", roll.approval, name="approve_size"),
]
