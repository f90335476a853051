"""Pages for deep links, each about one thing: an article, a claim. Their addresses stay."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.comparison.vanished import successor_of
from articles.models import Article, ArticleVersion, Claim, Story, VanishedClaim
from articles.reading.article import read_article
from articles.reading.claim import read_claim
from articles.reading.nearest import read_nearest


@require_safe
def article_detail(request: HttpRequest, pk: int) -> HttpResponse:
    articles = Article.objects.select_related("story", "outlet", "current_version")
    article = get_object_or_404(articles, pk=pk, story__is_hidden=False)
    if article.current_version is None:
        raise Http404("The article has no text.")
    page = read_article(article, article.current_version)
    return render(request, "articles/article_detail.html", {"page": page, "story": page.story})


@require_safe
def claim_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """By the number people cite; it never belongs to another claim."""
    story = get_object_or_404(Story.objects.visible(), slug=slug)
    claim = Claim.objects.select_related("story", "merged_into__story").filter(story=story, number=number).first()
    if claim is None:
        gone = get_object_or_404(VanishedClaim.objects.select_related("story"), story=story, number=number)
        vanished = {"gone": gone, "story": story, "successor": successor_of(gone)}
        return render(request, "articles/claim_vanished.html", vanished, status=410)
    context = {
        "page": read_claim(claim, by=request.user.pk),
        "claim": claim,
        "story": claim.story,
        "notes": list(claim.all_notes()),
    }
    return render(request, "articles/claim_page.html", context)


@require_safe
def claim_nearest(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Leads to the passage of a silent text that comes closest to the claim, so that silence can be judged by reading.

    It is looked for when somebody asks: storing one for every silent cell would outweigh all that is found.
    """
    claim = get_object_or_404(Claim.objects.select_related("story"), pk=pk, story__is_hidden=False)
    texts = ArticleVersion.objects.filter(article__story=claim.story)
    text = get_object_or_404(texts.select_related("article"), pk=version)
    span = read_nearest(claim, text)
    if span is None:
        messages.info(request, f"No sentence here shares a word with claim {claim.number}.")
        return redirect("version_detail", text.pk)
    messages.info(
        request,
        f"This sentence has most words in common with claim {claim.number}; too few to be taken for the same."
        " Read it and judge for yourself.",
    )
    return redirect(f"{reverse('version_detail', args=[text.pk])}?start={span.start}&end={span.end}")
