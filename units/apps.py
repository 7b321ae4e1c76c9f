from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = "Đơn vị và người dùng"

    def ready(self):
        from units import accounts

        # Django's own events of who comes and goes, for the log of security.
        user_logged_in.connect(accounts.note_login)
        user_login_failed.connect(accounts.note_failed_login)
        user_logged_out.connect(accounts.note_logout)
