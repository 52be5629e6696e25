"""The door for a web server: gunicorn postal_tthc.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postal_tthc.settings")
application = get_wsgi_application()
