"""Pages for deep links, each about one thing: an article, a claim. Their addresses stay."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.comparison.vanished import successor_of
from articles.models import Article, Claim, Story, VanishedClaim
from articles.reading.article import read_article
from articles.reading.claim import read_claim


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
        "page": read_claim(claim),
        "claim": claim,
        "story": claim.story,
        "notes": list(claim.all_notes()),
    }
    return render(request, "articles/claim_page.html", context)
