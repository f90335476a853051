"""The record's pages."""

from django.urls import path

from articles.views import imports, read, stories

urlpatterns = [
    path("", stories.story_list, name="story_list"),
    path("import/", imports.article_import, name="article_import"),
    path("stories/<slug:slug>/", read.story_read, name="story_read"),
    path("stories/<slug:slug>/compare/", read.story_compare, name="story_compare"),
    path("claims/<int:pk>/", read.claim_detail, name="claim_detail"),
    path("versions/<int:pk>/", read.version_detail, name="version_detail"),
]
