"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.production")
application = get_wsgi_application()

# What was loaded stays for the life of the process: looking through all of it again and again for garbage stops a page
# for a fifth of a second every few requests.
gc.collect()
gc.freeze()
