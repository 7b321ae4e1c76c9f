import pytest
from django.urls import reverse

from criteria.models import CriteriaSet, content_hash
from tests.factories import UserFactory


@pytest.fixture
def administrator(client, criteria):
    client.force_login(UserFactory(administrator=True))
    return client


def test_the_administrator_reads_a_set(administrator, criteria):
    listed = administrator.get(reverse("admin:criteria_criteriaset_changelist"))
    shown = administrator.get(reverse("admin:criteria_criteriaset_change", args=[criteria.pk]))

    assert (listed.status_code, shown.status_code) == (200, 200)
    assert criteria.sha256 in shown.content.decode()
    assert 'name="title"' not in shown.content.decode()


@pytest.mark.parametrize("act", ["change", "delete"])
def test_the_administrator_changes_nothing(administrator, criteria, act):
    url = reverse(f"admin:criteria_criteriaset_{act}", args=[criteria.pk])

    assert administrator.post(url, {"title": "Khác", "post": "yes"}).status_code == 403
    assert administrator.get(reverse("admin:criteria_criteriaset_add")).status_code == 403
    assert content_hash(CriteriaSet.objects.get(pk=criteria.pk).content()) == criteria.sha256


def test_a_person_without_a_role_reads_nothing(client, criteria):
    client.force_login(UserFactory(is_staff=True))

    url = reverse("admin:criteria_criteriaset_change", args=[criteria.pk])
    assert client.get(url).status_code == 403
