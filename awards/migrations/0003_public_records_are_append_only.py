"""What was made public stays as it was made public: of a record only `is_latest` ends."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION awards_public_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'is_latest' = to_jsonb(OLD) - 'is_latest' THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'public records are append-only';
            END $$;
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON awards_publicrecord
                FOR EACH ROW EXECUTE FUNCTION awards_public_record_stays();
            """,
            "DROP TRIGGER append_only ON awards_publicrecord; DROP FUNCTION awards_public_record_stays",
        ),
    ]
