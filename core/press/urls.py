from django.urls import path

from core.press import views

app_name = "press"
_PAPER = "<slug:kind>/<uuid:uid>/"
urlpatterns = [
    path(_PAPER, views.paper, name="paper"),
    path(f"{_PAPER}tien-do/", views.progress, name="progress"),
    path(f"{_PAPER}tep/", views.file, name="file"),
    path(f"{_PAPER}tep/word/", views.file, {"format": "docx"}, name="word"),
    path(f"{_PAPER}tep/excel/", views.file, {"format": "xlsx"}, name="excel"),
    path(f"{_PAPER}tep/<int:part>/", views.file, name="part"),
]
