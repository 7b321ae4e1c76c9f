"""The root of API v1: each app brings its own operations."""

from django.urls import include, path

urlpatterns = [
    path("", include("reports.api")),
    path("", include("units.api")),
    path("", include("criteria.api")),
    path("", include("registrations.api")),
    path("", include("awards.api")),
]
