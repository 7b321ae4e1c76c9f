from django.db import migrations

FORWARD = """
CREATE FUNCTION criteria_set_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'state') <> (to_jsonb(OLD) - 'state')
                                 OR NEW.state = 'draft') THEN
        RAISE EXCEPTION 'criteria set % has left the draft and cannot change', OLD.code
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER criteria_set_is_kept BEFORE UPDATE OR DELETE ON criteria_criteriaset
    FOR EACH ROW EXECUTE FUNCTION criteria_set_is_kept();

CREATE FUNCTION criterion_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM criteria_criteriaset s WHERE s.state <> 'draft' AND (
            (TG_OP <> 'INSERT' AND s.id = OLD.criteria_set_id)
            OR (TG_OP <> 'DELETE' AND s.id = NEW.criteria_set_id))) THEN
        RAISE EXCEPTION 'the criteria of a set that has left the draft cannot change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER criterion_is_kept BEFORE INSERT OR UPDATE OR DELETE ON criteria_criterion
    FOR EACH ROW EXECUTE FUNCTION criterion_is_kept();
"""

BACKWARD = """
DROP TRIGGER criterion_is_kept ON criteria_criterion;
DROP FUNCTION criterion_is_kept();
DROP TRIGGER criteria_set_is_kept ON criteria_criteriaset;
DROP FUNCTION criteria_set_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("criteria", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
