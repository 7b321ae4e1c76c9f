from django.urls import include, path

urlpatterns = [
    path("", include("criteria.urls")),
]
