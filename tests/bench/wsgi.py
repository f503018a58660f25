"""What gunicorn serves while saving is measured: the application with the bench's addresses and clock."""

from django.core.wsgi import get_wsgi_application

from tests.bench.clock import READ, set_clock

set_clock(READ)
application = get_wsgi_application()
