"""Addresses of search."""

from django.urls import path

from . import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/near/", views.search_near, name="search_near"),
    path("search/suggest/", views.suggest, name="suggest"),
]
