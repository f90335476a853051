"""People and places: those of one story, and one of them across all stories."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Entity, EntityKind, Story
from articles.reading.entities import read_entity
from articles.reading.people import read_people
from articles.requests import MAX_KEY, read_number


@require_safe
def story_entities(request: HttpRequest, slug: str) -> HttpResponse:
    """``?entity=`` chooses one, ``?kind=`` narrows the list, ``page`` and ``mentions`` turn pages."""
    story = get_object_or_404(Story.objects.visible(), slug=slug)
    chosen = read_number(request.GET.get("entity"), limit=MAX_KEY)
    kind = request.GET.get("kind", "")
    kind = kind if kind in EntityKind.values else ""
    gone = Entity.objects.filter(pk=chosen, merged_into__isnull=False).first() if chosen else None
    if gone:
        return redirect(f"{request.path}?entity={gone.find_standing().pk}")
    page = read_people(
        story,
        entity=chosen,
        kind=kind,
        page=read_number(request.GET.get("page")),
        mentions_page=read_number(request.GET.get("mentions")) or 1,
    )
    context = {"page": page, "story": story, "kind": kind}
    if chosen is not None and not page.chosen:
        context |= {"is_absent": True, "named_elsewhere": _find_named(chosen)}
    return render(request, "articles/story_entities.html", context)


def _find_named(key: int) -> Entity | None:
    """The entity with ``key``, if a story that its reader may open names it."""
    entity = Entity.objects.filter(pk=key).first()
    return entity if entity and Story.objects.visible().naming(entity).exists() else None


@require_safe
def entity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """``?story=`` is where its reader comes from, and goes back to; ``quotations`` and ``mentions`` turn pages."""
    entity = get_object_or_404(Entity, pk=pk)
    if entity.merged_into_id:
        return redirect(reverse("entity_detail", args=[entity.find_standing().pk], query=request.GET))
    page = read_entity(entity, quotations_page=request.GET.get("quotations"), mentions_page=request.GET.get("mentions"))
    if page is None:
        raise Http404("No story names it.")
    key = read_number(request.GET.get("story"), limit=MAX_KEY)
    story = Story.objects.visible().filter(pk=key).first() if key else None
    return render(request, "articles/entity_detail.html", {"page": page, "entity": entity, "story": story})
