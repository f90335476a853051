"""Passage notes are put under claims, and each time it is written down for good."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0003_search_vectors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("claim_number", models.PositiveIntegerField(blank=True, null=True)),
                ("statement", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="note_attachments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="annotations.note"
                    ),
                ),
            ],
            options={
                "ordering": ["note", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("note", "number"), name="annotations_attachment_number_once")
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON annotations_attachment"
            " FOR EACH ROW EXECUTE FUNCTION crossread_refuse_change();",
            "DROP TRIGGER immutable ON annotations_attachment;",
        ),
    ]
