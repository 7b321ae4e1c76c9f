from django.db.models import F, Func, JSONField, Value


class Entries(Func):
    """What a path of SQL/JSON leads to in a stored list, a row each: the database takes the list apart, so
    that a page of it reads no more than the page."""

    function = "jsonb_path_query"
    set_returning = True
    output_field = JSONField()

    def __init__(self, field: str, path: str = "$[*]", **asked):
        super().__init__(F(field), Value(path), Value(asked, output_field=JSONField()))
