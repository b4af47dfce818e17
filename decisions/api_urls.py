"""The REST addresses of decisions: reading, and the same acts as the pages."""

from django.urls import path

from decisions import acts, api
from realtime.rest import rest_door

app_name = "decisions-api"
urlpatterns = [
    path("decisions/", api.DecisionList.as_view(), name="decision-list"),
    path("decisions/<int:pk>/", api.DecisionDetail.as_view(), name="decision-page"),
    path("decisions/record/", rest_door(acts.DECISION_RECORD), name="decision-record"),
    path(
        "decisions/<int:decision>/supersede/", rest_door(acts.DECISION_SUPERSEDE), name="decision-supersede"
    ),
    path("plans/", api.PlanList.as_view(), name="plan-list"),
    path("plans/adopt/", rest_door(acts.PLAN_ADOPT), name="plan-adopt"),
    path("actions/", api.ActionList.as_view(), name="action-list"),
    path("actions/<int:pk>/", api.ActionDetail.as_view(), name="action-page"),
    path("axes/<int:axis>/actions/", rest_door(acts.ACTION_ADD), name="action-add"),
    path("actions/<int:action>/note/", rest_door(acts.ACTION_NOTE), name="action-note"),
    path("actions/<int:action>/finish/", rest_door(acts.ACTION_FINISH), name="action-finish"),
    path("actions/<int:action>/drop/", rest_door(acts.ACTION_DROP), name="action-drop"),
    path("actions/<int:action>/resume/", rest_door(acts.ACTION_RESUME), name="action-resume"),
    path("indicators/", api.IndicatorList.as_view(), name="indicator-list"),
    path("indicators/add/", rest_door(acts.INDICATOR_ADD), name="indicator-add"),
    path("indicators/<int:indicator>/measures/", rest_door(acts.MEASURE_RECORD), name="measure-record"),
]
