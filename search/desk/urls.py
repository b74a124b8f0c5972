"""Addresses of the staff's pages about search."""

from django.urls import path

from . import state, views

urlpatterns = [
    path("search/words/", views.word_list, name="desk_words"),
    path("search/words/add/", views.word_add, name="desk_words_add"),
    path("search/words/history/", views.word_history, name="desk_words_history"),
    path("search/words/shipped/", views.shipped_off, name="desk_words_shipped"),
    path("search/words/undo/<uuid:uuid>/", views.word_undo, name="desk_words_undo"),
    path("search/words/<uuid:uuid>/", views.word_entry, name="desk_words_entry"),
    path("search/words/<uuid:uuid>/switch/", views.word_switch, name="desk_words_switch"),
    path("search/state/", state.state, name="desk_search_state"),
    path("search/misses/", views.miss_list, name="desk_misses"),
]
