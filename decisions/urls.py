"""The addresses of decisions: the board, the register, the plan, its actions and indicators."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from decisions import acts, views
from realtime.commands import Command
from realtime.doors import Page, form_door

app_name = "decisions"


def door(command: Command, page: Page) -> Page:
    """A plain form of an act, for who is logged in."""
    return login_required(form_door(command, page))


urlpatterns = [
    path("conseil/", views.board_page, name="board"),
    path("conseil/<slug:slug>/", views.board_page, name="board-of"),
    path(
        "conseil/<slug:slug>/decision/",
        door(acts.DECISION_RECORD, views.decision_form),
        name="decision-record",
    ),
    path("conseil/<slug:slug>/plan/", door(acts.PLAN_ADOPT, views.plan_form), name="plan-adopt"),
    path("conseil/plans/<int:pk>/", views.plan_page, name="plan-page"),
    path("conseil/plans/<int:pk>/action/", door(acts.ACTION_ADD, views.plan_page), name="action-add"),
    path("conseil/indicateurs/<int:pk>/", views.indicator_page, name="indicator-page"),
    path(
        "conseil/indicateurs/<int:pk>/mesure/",
        door(acts.MEASURE_RECORD, views.indicator_page),
        name="measure-record",
    ),
    path("decisions/", views.decision_list, name="decision-list"),
    path("decisions/<int:pk>/", views.decision_page, name="decision-page"),
    path(
        "decisions/<int:pk>/remplacee/",
        door(acts.DECISION_SUPERSEDE, views.decision_page),
        name="decision-supersede",
    ),
    path("actions/", views.action_list, name="action-list"),
    path("actions/<int:pk>/", views.action_page, name="action-page"),
    path("actions/<int:pk>/note/", door(acts.ACTION_NOTE, views.action_page), name="action-note"),
    path("actions/<int:pk>/faite/", door(acts.ACTION_FINISH, views.action_page), name="action-finish"),
    path("actions/<int:pk>/abandon/", door(acts.ACTION_DROP, views.action_page), name="action-drop"),
    path("actions/<int:pk>/reprise/", door(acts.ACTION_RESUME, views.action_page), name="action-resume"),
]
