"""Addresses of the host's pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="host_home"),
    path("p/<str:code>/", views.place, name="host_place"),
    path("p/<str:code>/confirm/", views.confirm, name="host_confirm"),
    path("p/<str:code>/day/", views.day, name="host_day"),
    path("p/<str:code>/day/<uuid:uuid>/back/", views.day_back, name="host_day_back"),
    path("p/<str:code>/edit/", views.edit, name="host_edit"),
    path("p/<str:code>/edit/phone/", views.edit_phone, name="host_edit_phone"),
    path("p/<str:code>/edit/activity/<uuid:uuid>/", views.edit_activity, name="host_edit_activity"),
    path("p/<str:code>/edit/<slug:section>/", views.edit_section, name="host_edit_section"),
    path("p/<str:code>/sent/<uuid:uuid>/", views.submission, name="host_submission"),
    path("p/<str:code>/sent/<uuid:uuid>/undo/", views.undo, name="host_undo"),
    path("requests/<uuid:uuid>/", views.answer, name="host_answer"),
    path("requests/<uuid:uuid>/report/", views.report, name="host_report"),
]
