from django.urls import path

from . import size_views, tree_views, views

urlpatterns = [
    path("dang-vien/ho-so/<int:pk>/", views.member, name="member"),
    path("dang-vien/<str:code>/<int:year>/", views.people, name="people"),
    path("bien-dong/<str:code>/<int:year>/", views.balance, name="balance"),
    path("cay-to-chuc/<str:code>/<int:year>/", tree_views.tree, name="tree"),
    path("so-luong/<str:code>/<int:rule>/", size_views.approval, name="approve_size"),
]
