from django.urls import include, path

handler400 = "measurement.views.start.errors.unreadable_request"
handler403 = "measurement.views.start.errors.forbidden"
handler404 = "measurement.views.start.errors.not_found"
handler500 = "measurement.views.start.errors.broken"

urlpatterns = [path("", include("measurement.urls"))]
