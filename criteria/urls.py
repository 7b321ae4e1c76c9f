from django.urls import path

from criteria import views

app_name = "criteria"

urlpatterns = [
    path("tieu-chi/", views.criteria_list, name="criteria"),
    path("tu-kiem-tra/", views.self_check, name="self_check"),
]
