"""An article, or a version of one, goes only with its story: whoever may delete stories may delete no text alone."""

from django.db import migrations

RULES = """
CREATE FUNCTION crossread_keep_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_story WHERE id = OLD.story_id) THEN
        RAISE EXCEPTION 'An article goes only with its story.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION crossread_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_article WHERE id = OLD.article_id) THEN
        RAISE EXCEPTION 'A version goes only with its story.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- At the end of the transaction: what belongs to a story is deleted before it.
CREATE CONSTRAINT TRIGGER goes_with_its_story AFTER DELETE ON articles_article
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crossread_keep_article();
CREATE CONSTRAINT TRIGGER goes_with_its_story AFTER DELETE ON articles_articleversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crossread_keep_version();
"""

UNDO = """
DROP TRIGGER goes_with_its_story ON articles_article;
DROP TRIGGER goes_with_its_story ON articles_articleversion;
DROP FUNCTION crossread_keep_article;
DROP FUNCTION crossread_keep_version;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_decided_mentions_stay")]

    operations = [migrations.RunSQL(RULES, UNDO)]
