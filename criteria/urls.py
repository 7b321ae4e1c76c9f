from django.urls import path

from criteria.views import drafts, pages, sets

app_name = "criteria"

urlpatterns = [
    path("tieu-chi/", pages.criteria_list, name="criteria"),
    path("tu-kiem-tra/", pages.self_check, name="self_check"),
    path("bo-tieu-chi/", sets.sets, name="sets"),
    path("bo-tieu-chi/so-sanh/", sets.compare, name="compare"),
    path("bo-tieu-chi/lap/", drafts.start, name="start"),
    path("bo-tieu-chi/<uuid:uid>/", sets.criteria_set, name="set"),
    path("bo-tieu-chi/<uuid:uid>/noi-dung.json", sets.content, name="content"),
    path("bo-tieu-chi/<uuid:uid>/sua/", drafts.edit, name="edit"),
    path("bo-tieu-chi/<uuid:uid>/sua/them/", drafts.criterion, {"pk": None}, name="add_criterion"),
    path("bo-tieu-chi/<uuid:uid>/sua/<int:pk>/", drafts.criterion, name="edit_criterion"),
    path("bo-tieu-chi/<uuid:uid>/sua/<int:pk>/xoa/", drafts.remove, name="remove_criterion"),
    path("bo-tieu-chi/<uuid:uid>/ap-dung/", sets.put_in_force, name="put_in_force"),
    path("bo-tieu-chi/<uuid:uid>/thoi-ap-dung/", sets.retire, name="retire"),
    path("bo-tieu-chi/<uuid:uid>/thang-diem/", sets.issue_scale, name="issue_scale"),
]
