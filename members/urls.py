from django.urls import path

from . import record_views, views

urlpatterns = [
    path("dang-vien/ho-so/<int:pk>/", views.member, name="member"),
    path("dang-vien/<str:code>/<int:year>/", views.people, name="people"),
    path("bien-dong/<str:code>/<int:year>/", views.balance, name="balance"),
    path("dang-vien/ho-so/<int:pk>/sua/", record_views.record, name="record"),
    path("dang-vien/ho-so/<int:pk>/gop/", record_views.merge, name="merge_records"),
    path("dang-vien/<str:code>/<int:year>/ghi-moi/<str:errand>/", record_views.enter, name="enter"),
    path("dang-vien/<str:code>/<int:year>/chon/", record_views.selected, name="people_selected"),
    path("dang-vien/<str:code>/<int:year>/cach-xem/", record_views.saved_views, name="saved_views"),
]
