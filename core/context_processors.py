from django.conf import settings

from core import clock


def portal(request):
    """`portal`: what every page may need to say about the portal itself."""
    return {
        "portal": {
            "demo_mode": settings.DEMO_MODE,
            "clock_shifted": bool(settings.CLOCK_SHIFT_SECONDS),
            "now": clock.now(),
            "site_url": settings.SITE_URL,
        }
    }
