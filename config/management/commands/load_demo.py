"""Fills the demonstration: people for every role, and the sample story with notes."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from articles.management.base import DeskCommand
from config.demo import DEMO_PASSWORD, DEMO_PEOPLE, make_demo_people
from config.sample_story import load_sample_story


class Command(DeskCommand):
    help = "Make the demonstration's people and sample story (demo mode only). What is there already stays as it is."

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Refuses before anything is migrated: elsewhere this command must leave no trace."""
        if not settings.IS_DEMO:
            raise CommandError(
                "The demonstration's people have a public password, so they are made in demo mode only:"
                " run `make demo`, or set CROSSREAD_MODE=demo."
            )
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        story = load_sample_story(people=make_demo_people())
        names = max(len(person.username) for person in DEMO_PEOPLE)
        full_names = max(len(person.full_name) for person in DEMO_PEOPLE)
        self.stdout.write(
            "\n".join(
                [
                    "",
                    f"  Crossread    {settings.BASE_URL}/",
                    f"  Story        {story.title}",
                    f"  Password     {DEMO_PASSWORD}   (the same for everybody)",
                    "",
                    *(
                        f"  {person.username:{names}}   {person.full_name:{full_names}}   {person.role}"
                        for person in DEMO_PEOPLE
                    ),
                ]
            )
        )
