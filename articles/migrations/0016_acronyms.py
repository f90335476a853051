"""Search vectors in which an acronym is one word, with points and without: what is stored is made anew."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import CombinedSearchVector, SearchConfig, SearchVector
from django.db import migrations, models
from django.db.models.functions import Left, StrIndex, Substr

from articles.models.search import JoinedWords, SearchedWords, StoredVector


class Migration(migrations.Migration):

    dependencies = [('articles', '0015_plain_letters')]

    # No release of PostgreSQL before 17 changes the expression of a column, so each is taken away and put back.
    operations = [
        migrations.RemoveIndex(model_name='articleversion', name='articles_version_search'),
        migrations.RemoveField(model_name='articleversion', name='search'),
        migrations.AddField(
            model_name='articleversion',
            name='search',
            field=StoredVector(expression=CombinedSearchVector(SearchVector(Left(SearchedWords(Left(Left('text', StrIndex('text', models.Value('\n\n'))), 100000)), 100000), config='simple', weight='A'), '||', SearchVector(Left(SearchedWords(Left(Substr('text', StrIndex('text', models.Value('\n\n'))), 100000)), 100000), config='simple', weight='D'), SearchConfig('simple'))),
        ),
        migrations.AddIndex(
            model_name='articleversion',
            index=GinIndex(fastupdate=False, fields=['search'], name='articles_version_search'),
        ),
        migrations.RemoveIndex(model_name='claim', name='articles_claim_search'),
        migrations.RemoveField(model_name='claim', name='search'),
        migrations.AddField(
            model_name='claim',
            name='search',
            field=StoredVector(expression=SearchVector(Left(SearchedWords(Left('statement', 100000)), 100000), config='simple', weight='A')),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=GinIndex(fastupdate=False, fields=['search'], name='articles_claim_search'),
        ),
        migrations.RemoveIndex(model_name='entity', name='articles_entity_search'),
        migrations.RemoveField(model_name='entity', name='search'),
        migrations.AddField(
            model_name='entity',
            name='search',
            field=StoredVector(expression=CombinedSearchVector(SearchVector(Left(SearchedWords(Left('name', 100000)), 100000), config='simple', weight='A'), '||', SearchVector(Left(SearchedWords(Left(JoinedWords('aliases'), 100000)), 100000), config='simple', weight='B'), SearchConfig('simple'))),
        ),
        migrations.AddIndex(
            model_name='entity',
            index=GinIndex(fastupdate=False, fields=['search'], name='articles_entity_search'),
        ),
        migrations.RemoveIndex(model_name='story', name='articles_story_search'),
        migrations.RemoveField(model_name='story', name='search'),
        migrations.AddField(
            model_name='story',
            name='search',
            field=StoredVector(expression=SearchVector(Left(SearchedWords(Left('title', 100000)), 100000), config='simple', weight='A')),
        ),
        migrations.AddIndex(
            model_name='story',
            index=GinIndex(fastupdate=False, fields=['search'], name='articles_story_search'),
        ),
    ]
