"""Reads settings from environment variables and fails with a sentence that names the variable."""

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable as it is, stripped; ``default`` when unset or empty."""
    return os.environ.get(name, "").strip() or default


def required(name: str, why: str) -> str:
    """The variable, which must be set: ``why`` ends the sentence the operator reads otherwise."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} is not set: {why}")
    return value


def flag(name: str, *, default: bool) -> bool:
    """``1 true yes on`` or ``0 false no off``; anything else is an error, never a guess."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes (1, true, yes, on) nor no (0, false, no, off).")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None


def items(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A comma-separated list without empty items."""
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else list(default)


def postgres(name: str) -> dict[str, Any]:
    """A ``postgresql://user:password@host:port/name?option=value`` address as Django's database settings.

    A socket folder is written ``postgresql://user@/name?host=/run/postgresql``.
    """
    url = urlsplit(required(name, "give the address of the PostgreSQL server."))
    if url.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name} must begin with postgresql:// (PostgreSQL is the one engine), not {url.scheme}://"
        )
    options = dict(part.split("=", 1) for part in url.query.split("&") if "=" in part)
    try:
        port = url.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} has a port that is not a number.") from None
    database = unquote(url.path.lstrip("/"))
    if not database:
        raise ImproperlyConfigured(f"{name} names no database after the host, as in postgresql://host/crossread.")
    return {
        "NAME": database,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(options.pop("host", "") or url.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": {key: unquote(value) for key, value in options.items()},
    }


def spacy_pipeline(name: str) -> str:
    """The pipeline of ``spacy:NAME``, an installed package or a folder; nothing when the variable is unset."""
    value = text(name)
    if not value:
        return ""
    kind, _, pipeline = value.partition(":")
    if kind != "spacy" or not pipeline:
        raise ImproperlyConfigured(f"{name}={value!r} names no pipeline: write it as in spacy:en_core_web_sm.")
    # Looked for and not imported: that takes seconds, which not every command has to spend.
    if find_spec("spacy") is None:
        raise ImproperlyConfigured(
            f"{name}={value!r}: spaCy is not installed in the environment that Crossread runs in."
        )
    is_package = pipeline.isidentifier() and find_spec(pipeline) is not None
    if not is_package and not (Path(pipeline) / "config.cfg").is_file():
        raise ImproperlyConfigured(
            f"{name}={value!r}: there is no pipeline {pipeline!r}, neither as an installed package nor as a folder."
        )
    return pipeline


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """The secret stored in ``path``, made once and readable by its owner only."""
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    # O_EXCL: of two processes that start at once, one makes the key and the other reads it.
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(make())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text("ascii").strip()
