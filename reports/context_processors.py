"""What the shells of every page read."""

from django.conf import settings
from django.urls import reverse

from core import clock
from reports.help.places import help_url
from reports.menu import portal_menu, public_menu


def portal(request):
    """`portal`: what every page may need to say about the portal itself."""
    values = {
        "demo_mode": settings.DEMO_MODE,
        "clock_shifted": bool(settings.CLOCK_SHIFT_SECONDS),
        "now": clock.now(),
        "site_url": settings.SITE_URL,
        "identity_providers": settings.OIDC_PROVIDERS,
    }
    if settings.DEMO_MODE and request.path == reverse(settings.LOGIN_URL):
        from reports.demo.accounts import ACCOUNTS, PASSWORD

        values |= {"demo_accounts": ACCOUNTS, "demo_password": PASSWORD}
    return {"portal": values}


def nav(request):
    """`nav`: the main menu, for the public or for what the person may do."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": public_menu(request.path)}
    return {"nav": portal_menu(user, request.path)}


def help_here(request):
    """`help_here`: where this page is explained, and what the form to ask carries along."""
    user = getattr(request, "user", None)
    if user is None:
        return {}
    return {
        "help_here": {
            "url": help_url(user, request.path),
            "path": request.path,
            "request_id": getattr(request, "id", ""),
        }
    }
