from django.apps import AppConfig


class KhoiCcqConfig(AppConfig):
    name = "khoi_ccq"
    verbose_name = "Khối CCQ"

    def ready(self):
        from django.contrib.auth.signals import user_logged_out

        from .caching import mark_signing_out

        user_logged_out.connect(mark_signing_out, dispatch_uid="khoi_ccq.mark_signing_out")
