"""Rules the database keeps itself: what a person wrote is never changed or removed, and a passage is exact."""

from django.db import migrations

HISTORY_TABLES = ["noterevision", "noterevision_rests_on", "evidence", "verdict", "verdictscale"]
# A revision's verdict may not change its meaning, so scales are history as well.

PASSAGE = """
CREATE FUNCTION crossread_check_passage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version_id IS NOT NULL AND NEW.quote IS DISTINCT FROM (
        SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM articles_articleversion WHERE id = NEW.version_id
    ) THEN
        RAISE EXCEPTION 'The quote of a passage is not what its text says there.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER passage_is_exact BEFORE INSERT OR UPDATE OF version_id, start, "end", quote ON annotations_note
    FOR EACH ROW EXECUTE FUNCTION crossread_check_passage();

CREATE TRIGGER kept_for_good BEFORE DELETE ON annotations_note
    FOR EACH ROW EXECUTE FUNCTION crossread_refuse_change();
"""

UNDO = """
DROP TRIGGER passage_is_exact ON annotations_note;
DROP TRIGGER kept_for_good ON annotations_note;
DROP FUNCTION crossread_check_passage;
"""


def immutable(table: str) -> str:
    return (
        f"CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON annotations_{table}"
        " FOR EACH ROW EXECUTE FUNCTION crossread_refuse_change();\n"
    )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_judgement"), ("articles", "0002_rules_of_the_record")]

    operations = [
        migrations.RunSQL(
            PASSAGE + "".join(map(immutable, HISTORY_TABLES)),
            "".join(f"DROP TRIGGER immutable ON annotations_{table};\n" for table in HISTORY_TABLES) + UNDO,
        ),
    ]
