"""Search vectors on what notes say."""

import articles.models.search
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0002_rules_of_the_judgement'),
        ('articles', '0005_search_vectors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='noterevision',
            name='search',
            field=articles.models.search.StoredVector(expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(articles.models.search.Words(django.db.models.functions.text.Left('text', 200000)), config='simple', weight='A'), '||', django.contrib.postgres.search.SearchVector(articles.models.search.Words(django.db.models.functions.text.Left('not_checked', 200000)), config='simple', weight='B'), django.contrib.postgres.search.SearchConfig('simple'))),
        ),
        migrations.AddIndex(
            model_name='noterevision',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='annotations_revision_search'),
        ),
    ]
