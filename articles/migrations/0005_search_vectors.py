"""Search vectors on what people look for, kept by the database, and their indexes."""

import articles.models.search
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

# array_to_string is only called stable, because of element types that are not text.
JOIN_WORDS = """
CREATE FUNCTION crossread_join_words(words varchar[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN array_to_string(words, ' ');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_rules_of_decisions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(JOIN_WORDS, "DROP FUNCTION crossread_join_words"),
        migrations.AddField(
            model_name='articleversion',
            name='search',
            field=articles.models.search.StoredVector(expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(articles.models.search.Words(django.db.models.functions.text.Left(django.db.models.functions.text.Left('text', django.db.models.functions.text.StrIndex('text', models.Value('\n\n'))), 200000)), config='simple', weight='A'), '||', django.contrib.postgres.search.SearchVector(articles.models.search.Words(django.db.models.functions.text.Left(django.db.models.functions.text.Substr('text', django.db.models.functions.text.StrIndex('text', models.Value('\n\n'))), 200000)), config='simple', weight='D'), django.contrib.postgres.search.SearchConfig('simple'))),
        ),
        migrations.AddField(
            model_name='claim',
            name='search',
            field=articles.models.search.StoredVector(expression=django.contrib.postgres.search.SearchVector(articles.models.search.Words(django.db.models.functions.text.Left('statement', 200000)), config='simple', weight='A')),
        ),
        migrations.AddField(
            model_name='entity',
            name='search',
            field=articles.models.search.StoredVector(expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(articles.models.search.Words(django.db.models.functions.text.Left('name', 200000)), config='simple', weight='A'), '||', django.contrib.postgres.search.SearchVector(articles.models.search.Words(django.db.models.functions.text.Left(articles.models.search.JoinedWords('aliases'), 200000)), config='simple', weight='B'), django.contrib.postgres.search.SearchConfig('simple'))),
        ),
        migrations.AddField(
            model_name='story',
            name='search',
            field=articles.models.search.StoredVector(expression=django.contrib.postgres.search.SearchVector(articles.models.search.Words(django.db.models.functions.text.Left('title', 200000)), config='simple', weight='A')),
        ),
        migrations.AddIndex(
            model_name='articleversion',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='articles_version_search'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='articles_claim_search'),
        ),
        migrations.AddIndex(
            model_name='entity',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='articles_entity_search'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='articles_story_search'),
        ),
    ]
