"""The verdict scale the desk starts with. Sources of the steps: the 1 to 5 range ClaimReview readers expect."""

from annotations.models import Verdict, VerdictScale

# code, label, rating, definition
DEFAULT_SCALE = [
    ("supported", "Supported", 5, "The evidence bears the claim out."),
    ("mostly-supported", "Mostly supported", 4, "Right in substance; a detail is off or missing."),
    ("partly-supported", "Partly supported", 3, "Part of it holds and part of it does not."),
    ("mostly-contradicted", "Mostly contradicted", 2, "Wrong in substance; a part of it holds."),
    ("contradicted", "Contradicted", 1, "The evidence speaks against it."),
    ("cannot-be-verified", "Cannot be verified", None, "Nothing that could be had settles it."),
    ("needs-context", "Needs context", None, "Misleading unless something is added."),
    ("opinion", "Opinion", None, "A judgement or forecast, nothing a check could settle."),
    ("outdated", "Outdated", None, "Was right once; events have overtaken it."),
]


def make_default_scale(*, using: str) -> None:
    """Makes version 1 where there is no scale at all; never touches one that exists."""
    if VerdictScale.objects.using(using).exists():
        return
    scale = VerdictScale.objects.using(using).create(version=1)
    Verdict.objects.using(using).bulk_create(
        Verdict(scale=scale, code=code, label=label, rating=rating, definition=definition, position=position)
        for position, (code, label, rating, definition) in enumerate(DEFAULT_SCALE, start=1)
    )
