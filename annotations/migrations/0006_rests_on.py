"""What joins a revision to its texts has a model of its own, which protects both. The table stays as it is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('annotations', '0005_shorter_vectors'), ('articles', '0011_chosen_columns')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='RestsOn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('noterevision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.noterevision')),
                        ('articleversion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.articleversion')),
                    ],
                    options={
                        'verbose_name_plural': 'rests on',
                        'db_table': 'annotations_noterevision_rests_on',
                        'unique_together': {('noterevision', 'articleversion')},
                    },
                ),
                migrations.AlterField(
                    model_name='noterevision',
                    name='rests_on',
                    field=models.ManyToManyField(blank=True, related_name='note_revisions', through='annotations.RestsOn', to='articles.articleversion'),
                ),
            ],
        ),
    ]
