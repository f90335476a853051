"""The record's pages."""

from django.urls import path

from articles.views import corrections, imports, ledger, names, pages, people, read, rows, stories, story_acts

urlpatterns = [
    path("", stories.story_list, name="story_list"),
    path("import/", imports.article_import, name="article_import"),
    path("stories/new/", story_acts.story_new, name="story_new"),
    path("stories/<slug:slug>/edit/", story_acts.story_edit, name="story_edit"),
    path("stories/<slug:slug>/delete/", story_acts.story_delete, name="story_delete"),
    path("stories/<slug:slug>/", read.story_read, name="story_read"),
    path("stories/<slug:slug>/side-by-side/", rows.story_rows, name="story_rows"),
    path("stories/<slug:slug>/ledger/", ledger.story_ledger, name="story_ledger"),
    path("stories/<slug:slug>/ledger.csv", ledger.story_ledger_csv, name="story_ledger_csv"),
    path("stories/<slug:slug>/news/", read.story_news, name="story_news"),
    path("stories/<slug:slug>/columns/", read.story_columns, name="story_columns"),
    path("stories/<slug:slug>/compare/", read.story_compare, name="story_compare"),
    path("stories/<slug:slug>/people-and-places/", people.story_entities, name="story_entities"),
    path("stories/<slug:slug>/marks/", names.mark_detail, name="mark_detail"),
    path("stories/<slug:slug>/claims/<int:number>/", pages.claim_page, name="claim_page"),
    path("articles/<int:pk>/", pages.article_detail, name="article_detail"),
    path("stories/<slug:slug>/possible/", corrections.story_possible, name="story_possible"),
    path("claims/<int:pk>/", read.claim_detail, name="claim_detail"),
    path("claims/<int:pk>/nearest/<int:version>/", pages.claim_nearest, name="claim_nearest"),
    path("claims/<int:pk>/correct/", corrections.claim_correct, name="claim_correct"),
    path("claims/<int:pk>/others/", corrections.claim_others, name="claim_others"),
    path("versions/<int:pk>/", read.version_detail, name="version_detail"),
    path("versions/<int:pk>/claims/new/", corrections.claim_new, name="claim_new"),
    path("entities/<int:pk>/", people.entity_detail, name="entity_detail"),
    path("entities/<int:pk>/edit/", names.entity_edit, name="entity_edit"),
    path("quotations/<int:pk>/reject/", names.quotation_reject, name="quotation_reject"),
    path("decisions/<int:pk>/undo/", corrections.decision_undo, name="decision_undo"),
]
