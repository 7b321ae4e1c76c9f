from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "registrations"
    verbose_name = "Phong trào"

    def ready(self):
        from criteria.checks import while_in_use
        from registrations.checks import running_with

        while_in_use(running_with)
