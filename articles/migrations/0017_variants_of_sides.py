"""Sides that say the same in other words are one variant; of sides that are there already it is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('articles', '0016_acronyms')]

    operations = [
        migrations.AddField(
            model_name='divergenceside', name='variant', field=models.PositiveSmallIntegerField(null=True)
        ),
    ]
