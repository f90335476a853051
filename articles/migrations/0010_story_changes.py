"""What people do with stories as such is a log that outlives the stories; a story about which anybody decided stays."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

RULES = """
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON articles_storychange
    FOR EACH ROW EXECUTE FUNCTION crossread_refuse_change();

-- What points at a story stops its deletion at the end of a transaction; this says why, at once.
CREATE FUNCTION crossread_keep_story() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_decision WHERE story_id = OLD.id) OR EXISTS (
        SELECT FROM articles_decision decision
        JOIN articles_articleversion version ON version.id = decision.version_id
        JOIN articles_article article ON article.id = version.article_id
        WHERE article.story_id = OLD.id
    ) THEN
        RAISE EXCEPTION 'People decided about this story: it is hidden, never deleted.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER kept_with_decisions BEFORE DELETE ON articles_story
    FOR EACH ROW EXECUTE FUNCTION crossread_keep_story();

-- That address is the form for a new one.
UPDATE articles_story SET slug = 'new-story-' || id WHERE slug = 'new';
"""

UNDO = """
DROP TRIGGER immutable ON articles_storychange;
DROP TRIGGER kept_with_decisions ON articles_story;
DROP FUNCTION crossread_keep_story;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0009_vanished_claims'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='story',
            name='edit_revision',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name='StoryChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('create', 'made'), ('rename', 'renamed'), ('close', 'closed'), ('reopen', 'opened again'), ('hide', 'hid'), ('show', 'brought back'), ('delete', 'deleted')], max_length=6)),
                ('at', models.DateTimeField()),
                ('title', models.CharField(max_length=200)),
                ('new_title', models.CharField(blank=True, max_length=200)),
                ('lost', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='articles.story')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ['create', 'rename', 'close', 'reopen', 'hide', 'show', 'delete'])), name='articles_storychange_act_known'), models.CheckConstraint(condition=models.Q(models.Q(('act', 'rename'), models.Q(('new_title', ''), _negated=True)), models.Q(models.Q(('act', 'rename'), _negated=True), ('new_title', '')), _connector='OR'), name='articles_storychange_new_title_of_a_rename')],
            },
        ),
        migrations.RunSQL(RULES, UNDO),
    ]
