from django.apps import AppConfig


class KhoiCcqConfig(AppConfig):
    name = "khoi_ccq"
    verbose_name = "Khối CCQ"
