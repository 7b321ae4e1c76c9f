from django.urls import path

from units import views

app_name = "units"

urlpatterns = [
    path("don-vi-dang-lam/", views.act_for, name="act_for"),
]
