"""The clock a published time was given in; bare days as midnight in UTC, where they were that of the desk's zone."""

import zoneinfo
from datetime import UTC, datetime, time

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def move_days(apps, schema_editor):
    zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    articles = apps.get_model('articles', 'Article').objects.using(schema_editor.connection.alias)
    for article in articles.filter(published_granularity='day').only('pk', 'published_at').iterator():
        if article.published_at.astimezone(UTC).time() != time():
            day = article.published_at.astimezone(zone).date()
            articles.filter(pk=article.pk).update(published_at=datetime.combine(day, time(), tzinfo=UTC))


class Migration(migrations.Migration):

    dependencies = [('articles', '0006_shorter_vectors')]

    operations = [
        migrations.AddField(
            model_name='article',
            name='published_offset',
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=Q(('published_offset__gt', -1440), ('published_offset__lt', 1440)), name='articles_article_offset_below_a_day'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=Q(Q(('published_granularity', 'day'), _negated=True), ('published_offset', 0), _connector='OR'), name='articles_article_day_without_offset'),
        ),
        migrations.AlterField(
            model_name='story',
            name='is_closed',
            field=models.BooleanField(default=False, help_text='Takes no new articles. Notes, corrections and comparing go on.'),
        ),
        migrations.AlterField(
            model_name='story',
            name='is_hidden',
            field=models.BooleanField(default=False, help_text='Has no pages, is not found and takes no new articles.'),
        ),
        migrations.RunPython(move_days, migrations.RunPython.noop),
    ]
