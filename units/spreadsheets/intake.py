"""What the two imports of the administrator have in common."""

from django.db import connection

from core.importing import Change, Intake


class RegisterIntake(Intake):
    """Rows are added to the register or change what is there; an import never takes anything away."""

    #: tables the plan is reckoned on
    models: tuple = ()

    def __init__(self, *, by, acting):
        self.by, self.acting = by, acting

    def lock(self):
        """Others read on; whoever would write to these tables waits for the import to end."""
        with connection.cursor() as cursor:
            for model in self.models:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def note(plan, kind, label, before: dict | None, after: dict) -> None:
    """Put what becomes of one row, {what: words} before and after, into the plan."""
    if before == after:
        plan.unchanged += 1
    elif before is None:
        plan.changes.append(
            Change("add", kind, label, tuple((what, "", new) for what, new in after.items() if new))
        )
    else:
        details = tuple((what, before[what], new) for what, new in after.items() if before[what] != new)
        plan.changes.append(Change("change", kind, label, details))
