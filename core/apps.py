from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Nền tảng"

    def ready(self):
        checks.register(identity_keys_are_sound, checks.Tags.security)
        # Apps that print codes on their papers say there what the codes stand for.
        autodiscover_modules("verification")
        # So do those that offer papers for printing.
        autodiscover_modules("papers")
        # And those that hold data of people: what of it, why, and for how long.
        autodiscover_modules("personal")


def identity_keys_are_sound(app_configs, **options):
    """A wrong key must stop the release or the worker, not the person who types in the first nominee."""
    from core.identity import wrong_keys

    hint = 'Set IDENTITY_KEYS to {"key id": "base64 of 32 bytes"}; see .env.example.'
    return [
        checks.Error(f"IDENTITY_KEYS: {wrong}.", hint=hint, id="core.E001")
        for wrong in wrong_keys(settings.IDENTITY_KEYS)
    ]
