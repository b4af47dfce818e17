"""The addresses of cooperation: the person's own pages, and the network's."""

from django.urls import path

from cooperation import views

app_name = "cooperation"
urlpatterns = [
    path("moi/", views.profile, name="profile"),
    path("reseau/membres/<int:pk>/", views.member_page, name="member-page"),
    path("reseau/instances/", views.bodies, name="bodies"),
]
