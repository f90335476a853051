"""The record's pages."""

from django.urls import path

from articles.views import imports, stories

urlpatterns = [
    path("", stories.story_list, name="story_list"),
    path("import/", imports.article_import, name="article_import"),
]
