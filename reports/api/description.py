"""What only the database knows of the API's description."""

from django.db import OperationalError

from awards.models import AwardForm


def name_award_forms(result, generator, request, public):
    """The parameter `award` takes the codes of the forms there are."""
    try:
        forms = dict(AwardForm.objects.order_by("code").values_list("code", "name"))
    except OperationalError:
        # The settings of a server are checked before it has a database.
        return result
    if not forms:
        return result
    told = "Hình thức khen thưởng: " + "; ".join(f"{code} ({name})" for code, name in forms.items())
    for methods in result["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", []):
                if parameter["name"] == "award":
                    parameter["schema"] = {"type": "string", "enum": list(forms)}
                    parameter["description"] = told
    return result
