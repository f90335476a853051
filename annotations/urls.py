"""The judgement's pages."""

from django.urls import path

from annotations import search, views

urlpatterns = [
    path("search/", search.search, name="search"),
    path("claims/<int:pk>/notes/", views.claim_notes, name="claim_notes"),
    path("claims/<int:pk>/notes/new/", views.note_new, name="note_new"),
    path("notes/<int:pk>/", views.note_detail, name="note_detail"),
    path("notes/<int:pk>/edit/", views.note_edit, name="note_edit"),
]
