"""The decision log is append-only, and a decision's span says what its text says there."""

from django.db import migrations

RULES = """
CREATE FUNCTION crossread_check_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version_id IS NOT NULL AND NEW.quote IS DISTINCT FROM (
        SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM articles_articleversion WHERE id = NEW.version_id
    ) THEN
        RAISE EXCEPTION 'The quote of a decision is not what its text says there.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER span_is_exact BEFORE INSERT ON articles_decision
    FOR EACH ROW EXECUTE FUNCTION crossread_check_decision();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON articles_decision
    FOR EACH ROW EXECUTE FUNCTION crossread_refuse_change();
"""

UNDO = """
DROP TRIGGER span_is_exact ON articles_decision;
DROP TRIGGER immutable ON articles_decision;
DROP FUNCTION crossread_check_decision;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_decisions")]

    operations = [migrations.RunSQL(RULES, UNDO)]
