"""Addresses of the public pages."""

from django.urls import path

from . import days, views

urlpatterns = [
    path("p/<str:code>/", views.place, name="place"),
    path("p/<str:code>/print/", views.place_print, name="place_print"),
    path("p/<str:code>/calendar.ics", views.place_ics, name="place_ics"),
    path("calendar/", days.calendar, name="calendar"),
    path("windows/", views.windows, name="windows"),
    path("roles/", views.roles, name="roles"),
    path("tell/", views.tell, name="tell"),
    path("tell/thanks/", views.tell_thanks, name="tell_thanks"),
    path("towns/", views.choose_town, name="choose_town"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
