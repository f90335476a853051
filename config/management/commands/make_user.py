"""Makes an account, or changes the roles of one, from the shell."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email
from django.db import transaction

from articles.management.base import DeskCommand
from articles.roles import DESK_ADMINISTRATOR, ROLES


class Command(DeskCommand):
    help = "Make an account with its desk roles. With --update, change an account that is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the person signs in with")
        parser.add_argument("--email", help="needed to set a forgotten password")
        parser.add_argument("--full-name", help="as notes are signed, as in 'Dara Whitlock'")
        parser.add_argument(
            "--role", action="append", choices=ROLES, default=[], help="may be given several times", metavar="ROLE"
        )
        parser.add_argument("--update", action="store_true", help="the account exists: set what is given")
        password = parser.add_mutually_exclusive_group()
        password.add_argument("--password", help="shows in the shell's history; without it the command asks")
        password.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, **options: Any) -> None:
        name, is_update = options["name"], options["update"]
        user = User.objects.filter(username=name).first()
        if user and not is_update:
            raise CommandError(f"{name} exists already. Give --update to change that account.")
        if not user and is_update:
            raise CommandError(f"There is no account {name} to update.")
        if not is_update and not options["role"]:
            raise CommandError(f"Give at least one --role: {', '.join(ROLES)}.")
        if not is_update and not options["email"]:
            raise CommandError("Give --email: without one a forgotten password cannot be set anew.")
        user = user or User(username=name)
        self._set_person(user, email=options["email"], full_name=options["full_name"])
        password = self._password(options, user=user, is_needed=not is_update)
        if password is not None:
            user.set_password(password)
        with transaction.atomic():
            user.save()
            if options["role"]:
                others = user.groups.exclude(name__in=ROLES)
                user.groups.set([*others, *(Group.objects.get(name=role) for role in set(options["role"]))])
            # Desk administrators, and they alone, have pages in the admin.
            user.is_staff = user.is_superuser or user.groups.filter(name=DESK_ADMINISTRATOR).exists()
            user.save(update_fields=["is_staff"])
        roles = ", ".join(role for role in ROLES if user.groups.filter(name=role).exists())
        self.stdout.write(f"{'Changed' if is_update else 'Made'} {name}: {roles or 'no role'}.")

    def _set_person(self, user: User, *, email: str | None, full_name: str | None) -> None:
        if email:
            user.email = User.objects.normalize_email(email)
        if full_name:
            user.first_name, _, user.last_name = full_name.partition(" ")
        try:
            user.clean_fields(exclude=["password"])
            if email:
                validate_email(user.email)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        if email and User.objects.filter(email__iexact=user.email).exclude(pk=user.pk).exists():
            raise CommandError(f"{user.email} belongs to another account: nobody could sign in with it then.")

    def _password(self, options: dict[str, Any], *, user: User, is_needed: bool) -> str | None:
        """The password given, read or asked for, and valid; None where the old one stays."""
        password: str | None = options["password"]
        if options["password_stdin"]:
            password = sys.stdin.readline().rstrip("\n")
        elif password is None and is_needed:
            if not sys.stdin.isatty():
                raise CommandError("Nobody is there to ask for the password: give --password-stdin.")
            password = getpass.getpass(f"Password for {user.username}: ")
            if password != getpass.getpass("Once more: "):
                raise CommandError("The two passwords differ. Nothing was made.")
        if password is None:
            return None
        try:
            validate_password(password, user=user)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        return password
