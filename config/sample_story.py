"""The demonstration's story: five texts by four invented outlets, and what the demonstration's people say about them.

``sample_story.jsonl`` beside this module is written for Crossread. Its facts are those of the public record on Igla-S
missiles in Venezuela in October 2025; outlets, bylines, the agency Transmar News, the analyst, the colonel and the
baker are invented. The four accounts agree, part in every way the comparison knows, and share agency copy; one is
dated to the day only, one not at all. The last line is the fourth outlet's text once more, corrected: loaded after a
note, it shows what becomes of a note whose text has changed.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotations.models import EvidenceRelation, Note, NoteState, Verdict
from annotations.status import refresh_status
from annotations.writing import EvidenceItem, NoteContent, create_note, revise_note
from articles.analysis.text import canonical_text
from articles.incoming import IncomingArticle, Refusal, read_jsonl_file
from articles.ingest import Result, find_or_create_story, import_articles
from articles.models import Alignment, ArticleVersion, Claim, Story

TITLE = "Igla-S missiles in Venezuela"
FILE = Path(__file__).with_name("sample_story.jsonl")
# Notes get the same key on every run, by which a second run finds them instead of writing them again.
_KEYS = UUID("5b6f3c0e-94f5-4b0c-9a0e-1f6f2f5f7a10")


@dataclass(frozen=True, slots=True)
class SampleRevision:
    """One saving of a sample note."""

    state: NoteState
    text: str
    verdict: str = ""
    not_checked: str = ""
    evidence: Sequence[EvidenceItem] = ()


@dataclass(frozen=True, slots=True)
class SampleNote:
    """A note by ``author`` on the claim that ``phrase`` belongs to in the text of ``outlet``."""

    name: str
    author: str
    outlet: str
    phrase: str
    revisions: Sequence[SampleRevision]
    is_approved: bool = False
    # Written before the fourth outlet corrected its text, so that it shows that it rests on an older one.
    is_early: bool = False


_RECORDING = EvidenceItem(
    "https://archive.example/vtv/ceremony-caracas",
    "State television, recording of the ceremony, with time code",
    EvidenceRelation.SUPPORTS,
)

NOTES = [
    SampleNote(
        name="range",
        author="ilse",
        outlet="Meridian Ledger",
        phrase="6,000 metres",
        revisions=[
            SampleRevision(
                NoteState.SUBMITTED,
                "The three outlets that give a range give the same one: 6,000 metres, 6,000 meters and six kilometers"
                " are one figure. It is the maker’s, for a target flying towards the launcher. Only the Ledger says"
                " where it has it from.",
                verdict="supported",
                not_checked="Whether the missiles delivered to Venezuela are the version in the leaflet.",
                evidence=[
                    EvidenceItem(
                        "https://archive.example/leaflets/igla-s",
                        "Maker’s export leaflet, table of technical data",
                        EvidenceRelation.SUPPORTS,
                    )
                ],
            )
        ],
        is_approved=True,
    ),
    SampleNote(
        name="attendance",
        author="mateus",
        outlet="Meridian Ledger",
        phrase="attended the ceremony",
        revisions=[
            SampleRevision(
                NoteState.SUBMITTED,
                "Two outlets have the minister on the platform, one says that he stayed away. Neither says how it"
                " knows. Asked all three; waiting for the recording.",
                verdict="cannot-be-verified",
                not_checked="The recording: the broadcaster has not answered yet.",
            ),
            SampleRevision(
                NoteState.SUBMITTED,
                "The recording settles it: Padrino López stands to the left of the lectern from the first minute and"
                " lifts a launcher near the end. The Courier’s sentence is wrong; its desk has been told.",
                verdict="supported",
                not_checked="Whether he stayed until the end; the recording breaks off.",
                evidence=[_RECORDING],
            ),
        ],
    ),
    SampleNote(
        name="count",
        author="mateus",
        outlet="Meridian Ledger",
        phrase="no less than 5,000",
        revisions=[
            SampleRevision(
                NoteState.SUBMITTED,
                "That he said it is certain, that it is so is not. On the recording he sets a floor (“no less than”),"
                " which the Ledger and the Dispatch keep; the Gazette and the Courier print a round number. The day is"
                " Wednesday: the Gazette has it wrong. No inventory has been published.",
                verdict="cannot-be-verified",
                not_checked="How many missiles were delivered, and how many are still fit for use.",
                evidence=[_RECORDING],
            )
        ],
        is_early=True,
    ),
    SampleNote(
        name="militia",
        author="noor",
        outlet="Meridian Ledger",
        phrase="8 million Venezuelans",
        revisions=[
            SampleRevision(
                NoteState.SUBMITTED,
                "Use only as his figure and with the doubt beside it. There is no roll that anybody outside can read;"
                " the Gazette’s “millions” drops both the number and the analysts.",
                verdict="needs-context",
                not_checked="How the militia counts its members.",
            )
        ],
    ),
    SampleNote(
        name="supplier",
        author="noor",
        outlet="Northfield Courier",
        phrase="supplied by the Russian arms exporter",
        revisions=[
            SampleRevision(
                NoteState.SUBMITTED,
                "The register of arms transfers lists the delivery and names the exporter. The Dispatch’s “reportedly”"
                " is not needed.",
                verdict="supported",
                not_checked="Deliveries after the register’s last entry.",
                evidence=[
                    EvidenceItem(
                        "https://archive.example/arms-transfers/venezuela",
                        "Register of arms transfers, entries for Venezuela",
                        EvidenceRelation.SUPPORTS,
                    )
                ],
            )
        ],
    ),
    SampleNote(
        name="supplier-doubt",
        author="ilse",
        outlet="Northfield Courier",
        phrase="supplied by the Russian arms exporter",
        revisions=[
            SampleRevision(
                NoteState.SUBMITTED,
                "The register bears out that this exporter supplied launchers once, not that it supplied all of these."
                " I would keep “reportedly”.",
                verdict="partly-supported",
                not_checked="Where the rest of the 5,000 would have come from.",
            )
        ],
    ),
    SampleNote(
        name="sea",
        author="ilse",
        outlet="Meridian Ledger",
        phrase="the sea very well under control",
        revisions=[
            SampleRevision(
                NoteState.DRAFT,
                "Two outlets leave out “very well” inside quotation marks. Get the pool transcript before anyone quotes"
                " this.",
            )
        ],
    ),
]


def load_sample_story(*, people: Sequence[User]) -> Story:
    """The sample story with its texts and notes; whatever is there already is left as it is.

    ``people`` are the demonstration's, in the order of ``config.demo.DEMO_PEOPLE``: the desk administrator imports, the
    others write.
    """
    by_name = {user.username: user for user in people}
    administrator = people[-1]
    story = find_or_create_story(TITLE, by=administrator)
    first, later = _editions()
    _import_missing(first, story=story, by=administrator)
    for note in NOTES:
        if note.is_early:
            _write(note, story=story, by=by_name[note.author])
    _import_missing(later, story=story, by=administrator)
    for note in NOTES:
        _write(note, story=story, by=by_name[note.author])
    return story


def _editions() -> tuple[list[IncomingArticle], list[IncomingArticle]]:
    """The articles, and the later texts of articles that come earlier in the file."""
    first: dict[str, IncomingArticle] = {}
    later = []
    for item in read_jsonl_file(FILE.name, FILE.read_bytes(), outlet="", limit=settings.IMPORT_MAX_BYTES):
        if isinstance(item, Refusal):
            raise ValueError(f"{item.place}: {item.reason}")
        if item.url in first:
            later.append(item)
        else:
            first[item.url] = item
    return list(first.values()), later


def _import_missing(items: Sequence[IncomingArticle], *, story: Story, by: User) -> None:
    """Imports what the story has in no version: imported again, a first text would become the newest of its article."""
    known = set(ArticleVersion.objects.filter(article__story=story).values_list("sha256", flat=True))
    missing = [item for item in items if _digest(item) not in known]
    for outcome in import_articles(missing, story=story, by=by):
        if outcome.result == Result.FAILED:
            raise ValueError(f"{outcome.place}: {outcome.sentence}")


def _digest(item: IncomingArticle) -> str:
    return hashlib.sha256(canonical_text(item.headline, item.body).encode()).hexdigest()


@transaction.atomic
def _write(sample: SampleNote, *, story: Story, by: User) -> None:
    """All revisions in one transaction, so that a note found on a later run is whole, or has been written on since."""
    key = uuid5(_KEYS, sample.name)
    if Note.objects.filter(key=key).exists():
        return
    first, *others = sample.revisions
    note = create_note(claim=_claim_of(sample, story), content=_content(first), state=first.state, by=by, key=key)
    for number, revision in enumerate(others, start=1):
        revise_note(note=note, expected=number, content=_content(revision), state=revision.state, by=by)
    if sample.is_approved:
        _approve(note)


def _claim_of(sample: SampleNote, story: Story) -> Claim:
    """The claim that stands at the note's phrase; where two do, the one that more outlets carry."""
    version = ArticleVersion.objects.get(
        article__story=story, article__outlet__name=sample.outlet, article__current_version=F("pk")
    )
    start = version.text.index(sample.phrase)
    claims = Claim.objects.filter(
        alignments__in=Alignment.objects.live(),
        alignments__appearance__version=version,
        alignments__appearance__start__lte=start,
        alignments__appearance__end__gt=start,
    )
    claim = claims.order_by("-source_count", "number").first()
    if claim is None:
        raise ValueError(f"No claim of the sample story holds “{sample.phrase}” in the {sample.outlet}.")
    return claim


def _content(revision: SampleRevision) -> NoteContent:
    verdict = Verdict.objects.offered().get(code=revision.verdict) if revision.verdict else None
    return NoteContent(
        verdict=verdict, text=revision.text, not_checked=revision.not_checked, evidence=revision.evidence
    )


def _approve(note: Note) -> None:
    """Sets the state only: the revision stays what its author submitted, and nobody is made its second author.

    The desk itself has no function that approves yet; who approved is therefore recorded nowhere.
    """
    Note.objects.filter(pk=note.pk, state=NoteState.SUBMITTED).update(
        state=NoteState.APPROVED, changed_at=timezone.now()
    )
    assert note.claim is not None
    refresh_status(note.claim)
