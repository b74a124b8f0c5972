"""Addresses of the staff's pages about the directory."""

from django.urls import path

from . import views

urlpatterns = [
    path("review/", views.review_list, name="desk_review"),
    path("review/<uuid:uuid>/", views.review, name="desk_submission"),
    path("places/", views.place_list, name="desk_places"),
    path("places/<str:code>/", views.place_page, name="desk_place"),
    path("places/<str:code>/<slug:verb>/", views.place_do, name="desk_place_do"),
    path("reports/", views.report_list, name="desk_reports"),
    path("reports/<uuid:uuid>/", views.report, name="desk_report"),
]
