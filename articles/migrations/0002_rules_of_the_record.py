"""Rules the database keeps itself: versions are immutable, and no span leaves its text."""

from django.db import migrations

SPAN_TABLES = ["sentence", "mention", "quotation", "quantity", "appearance", "divergenceside"]

IMMUTABLE = """
CREATE FUNCTION crossread_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are immutable.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER immutable BEFORE UPDATE ON articles_articleversion
    FOR EACH ROW EXECUTE FUNCTION crossread_refuse_change();

CREATE FUNCTION crossread_check_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF char_length(NEW.text) <> NEW.character_count
       OR encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') <> NEW.sha256 THEN
        RAISE EXCEPTION 'The length or hash of a version is not that of its text.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER true_to_its_text BEFORE INSERT ON articles_articleversion
    FOR EACH ROW EXECUTE FUNCTION crossread_check_version();

-- One look-up a statement, however many rows it inserts: slicing each row's text would cost its whole length.
CREATE FUNCTION crossread_check_spans() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_rows JOIN articles_articleversion version ON version.id = new_rows.version_id
        WHERE new_rows."end" > version.character_count
           OR char_length(new_rows.quote) <> new_rows."end" - new_rows.start
    ) THEN
        RAISE EXCEPTION 'A span of % leaves its text, or its quote has another length.', TG_TABLE_NAME
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""

UNDO = """
DROP TRIGGER immutable ON articles_articleversion;
DROP TRIGGER true_to_its_text ON articles_articleversion;
DROP FUNCTION crossread_check_spans;
DROP FUNCTION crossread_check_version;
DROP FUNCTION crossread_refuse_change;
"""


def span_triggers(table: str) -> str:
    return "".join(
        f"CREATE TRIGGER spans_stay_inside_{event.lower()} AFTER {event} ON articles_{table}"
        " REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crossread_check_spans();\n"
        for event in ("INSERT", "UPDATE")
    )


def without_span_triggers(table: str) -> str:
    return "".join(
        f"DROP TRIGGER spans_stay_inside_{event} ON articles_{table};\n" for event in ("insert", "update")
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_record")]

    operations = [
        migrations.RunSQL(
            IMMUTABLE + "".join(map(span_triggers, SPAN_TABLES)),
            "".join(map(without_span_triggers, SPAN_TABLES)) + UNDO,
        ),
    ]
