"""Filters that put dates, times and yes/no answers into Japanese words."""

from django import template

register = template.Library()
