"""The judgement's pages."""

from django.urls import path

from annotations import passages, search, story_notes, views

urlpatterns = [
    path("search/", search.search, name="search"),
    path("claims/<int:pk>/notes/", views.claim_notes, name="claim_notes"),
    path("claims/<int:pk>/notes/new/", views.note_new, name="note_new"),
    path("stories/<slug:slug>/notes/", story_notes.story_notes, name="story_notes"),
    path("versions/<int:pk>/notes/new/", passages.passage_note_new, name="passage_note_new"),
    path("versions/<int:pk>/notes/<int:note>/", passages.passage_note, name="passage_note"),
    path("notes/<int:pk>/", views.note_detail, name="note_detail"),
    path("notes/<int:pk>/edit/", views.note_edit, name="note_edit"),
    path("notes/<int:pk>/attach/", passages.note_attach, name="note_attach"),
    path("notes/<int:pk>/detach/", passages.note_detach, name="note_detach"),
]
