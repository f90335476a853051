"""A mention about which somebody decided whom it names is never deleted, and so neither is the story it stands in.

The decision itself names the first of its mentions only, and the others may stand in any story.
"""

from django.db import migrations

RULES = """
CREATE FUNCTION crossread_keep_decided_mention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'People decided whom this names: its story is hidden, never deleted.'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER kept_when_decided BEFORE DELETE ON articles_mention
    FOR EACH ROW WHEN (OLD.is_decided) EXECUTE FUNCTION crossread_keep_decided_mention();
"""

UNDO = """
DROP TRIGGER kept_when_decided ON articles_mention;
DROP FUNCTION crossread_keep_decided_mention;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_chosen_columns")]

    operations = [migrations.RunSQL(RULES, UNDO)]
