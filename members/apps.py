from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Đảng viên"

    def ready(self):
        from organizations import reorganize

        from .register import people_left_behind

        reorganize.GUARDS.add(people_left_behind)
