"""Sends corrections of a claim as its forms do, for tests of what they change and of what is answered."""

from django.test import Client
from django.urls import reverse

from articles.models import Alignment, Claim

HTMX = {"HX-Request": "true"}


def post(desk: Client, claim: Claim, act: str, *, htmx: bool = False, **fields: object):
    return desk.post(reverse("claim_correct", args=[claim.pk]), {"act": act, **fields}, headers=HTMX if htmx else {})


def of(alignment: Alignment) -> dict[str, int]:
    return {"alignment": alignment.pk, "expected": alignment.revision}


def picked(*alignments: Alignment) -> dict[str, list[str]]:
    return {"passages": [f"{alignment.pk}:{alignment.revision}" for alignment in alignments]}
