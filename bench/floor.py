"""The bare Django project of the floor (`bench.bare` serves it): one indexed query of 50 rows, no more."""

from django.core.files.storage import default_storage
from django.db import models
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from rest_framework import generics, serializers


class Record(models.Model):
    sequence = models.BigIntegerField(primary_key=True)
    state = models.CharField(max_length=10)
    payload = models.JSONField()
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    reference = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    award_code = models.CharField(max_length=20)
    nominee_kind = models.CharField(max_length=12)

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "awards_publicrecord"

    def __str__(self):
        return self.reference


class RecordSerializer(serializers.ModelSerializer):
    class Meta:
        model = Record
        fields = "__all__"


class Records(generics.ListAPIView):
    serializer_class = RecordSerializer
    authentication_classes = ()
    permission_classes = ()

    def get_queryset(self):
        return Record.objects.order_by("-sequence")[:50]


LIST = """<!doctype html><table>{% for row in rows %}
<tr><td>{{ row.reference }}</td><td>{{ row.payload.name }}</td>
<td>{{ row.payload.award.name }}</td><td>{{ row.payload.decision.number }}</td><td>{{ row.state }}</td></tr>
{% endfor %}</table>"""


def rows(request):
    template = engines["django"].from_string(LIST)
    return HttpResponse(template.render({"rows": Record.objects.order_by("-sequence")[:50]}))


def upload(request):
    return HttpResponse(default_storage.save("upload", request.FILES["upload"]))


urlpatterns = [path("api/", Records.as_view()), path("list/", rows), path("upload/", upload)]
