from django.apps import AppConfig


class KhoiCcqConfig(AppConfig):
    name = "khoi_ccq"
    verbose_name = "Khối CCQ"

    def ready(self):
        from django.contrib.auth import get_user_model
        from django.contrib.auth.signals import user_logged_in, user_logged_out
        from django.db.models.signals import post_save

        from .browsers import note_signing_in
        from .caching import mark_signing_out
        from .sign_in import unlock_with_new_password

        user_logged_in.connect(note_signing_in, dispatch_uid="khoi_ccq.note_signing_in")
        user_logged_out.connect(mark_signing_out, dispatch_uid="khoi_ccq.mark_signing_out")
        post_save.connect(unlock_with_new_password, get_user_model(), dispatch_uid="khoi_ccq.unlock_with_new_password")
