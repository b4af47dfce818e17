"""The addresses of decisions: the board, the register, the plan and its actions."""

from django.urls import path

from decisions import views

app_name = "decisions"
urlpatterns = [
    path("actions/<int:pk>/", views.action_page, name="action-page"),
    path("decisions/<int:pk>/", views.decision_page, name="decision-page"),
]
