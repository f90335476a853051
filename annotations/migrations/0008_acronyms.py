"""The search vector of notes, in which an acronym is one word, with points and without."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import CombinedSearchVector, SearchConfig, SearchVector
from django.db import migrations
from django.db.models.functions import Left

from articles.models.search import SearchedWords, StoredVector


class Migration(migrations.Migration):

    dependencies = [('annotations', '0007_plain_letters'), ('articles', '0016_acronyms')]

    operations = [
        migrations.RemoveIndex(model_name='noterevision', name='annotations_revision_search'),
        migrations.RemoveField(model_name='noterevision', name='search'),
        migrations.AddField(
            model_name='noterevision',
            name='search',
            field=StoredVector(expression=CombinedSearchVector(SearchVector(Left(SearchedWords(Left('text', 100000)), 100000), config='simple', weight='A'), '||', SearchVector(Left(SearchedWords(Left('not_checked', 100000)), 100000), config='simple', weight='B'), SearchConfig('simple'))),
        ),
        migrations.AddIndex(
            model_name='noterevision',
            index=GinIndex(fastupdate=False, fields=['search'], name='annotations_revision_search'),
        ),
    ]
