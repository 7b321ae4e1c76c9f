"""The root of API v1: each app brings its own operations."""

from django.urls import include, path

urlpatterns = [
    path("", include("units.api")),
    path("", include("criteria.api")),
    path("", include("registrations.api")),
    path("", include("awards.api")),
    path("", include("reports.api")),
]
