from django.urls import include, path

urlpatterns = [path("", include("measurement.urls"))]
