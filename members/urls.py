from django.urls import path

from . import views

urlpatterns = [
    path("dang-vien/ho-so/<int:pk>/", views.member, name="member"),
    path("dang-vien/<str:code>/<int:year>/", views.people, name="people"),
    path("bien-dong/<str:code>/<int:year>/", views.balance, name="balance"),
]
