"""Snapshots stay as they were, but for personal words past their period: the one column, and only while
`core.personal.erasing` says so in the same transaction."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION core_refuse_change_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('portal.erasing', true) = 'on'
     AND to_jsonb(NEW) - TG_ARGV[0] = to_jsonb(OLD) - TG_ARGV[0] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_retention_periods")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION core_refuse_change_but_erasure()")]
