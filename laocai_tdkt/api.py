"""The root of API v1: each app brings its own operations."""

from django.urls import include, path

def _landed(module):  # TEMPORARY until all apps have landed
    try:
        return [path("", include(module))]
    except ImportError:
        return []


urlpatterns = [
    path("", include("units.api")),
    path("", include("criteria.api")),
    *_landed("registrations.api"),
    *_landed("awards.api"),
    path("", include("reports.api")),
]
