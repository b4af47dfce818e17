"""The REST addresses of cooperation."""

from django.urls import path

from cooperation import api, schema, statutes_api
from realtime.rest import rest_door

__all__ = ["schema", "urlpatterns"]  # naming the scheme registers it

app_name = "cooperation-api"
urlpatterns = [
    path("me/", api.Me.as_view(), name="me"),
    path("me/name/", rest_door(api.PERSON_RENAME), name="person-rename"),
    path("members/", api.MemberList.as_view(), name="member-list"),
    path("members/<int:pk>/", api.MemberDetail.as_view(), name="member-page"),
    path("notifications/", api.NotificationList.as_view(), name="notification-list"),
    path("notifications/read/", rest_door(api.NOTIFICATIONS_READ), name="notifications-read"),
    path("tokens/<int:token>/revoke/", rest_door(api.TOKEN_REVOKE), name="token-revoke"),
    path("statutes/", statutes_api.StatutesList.as_view(), name="statutes-list"),
    path("statutes/adopt/", rest_door(statutes_api.STATUTES_ADOPT), name="statutes-adopt"),
    path("statutes/draft/", rest_door(statutes_api.STATUTES_DRAFT), name="statutes-draft"),
    path("statutes/discard/", rest_door(statutes_api.STATUTES_DISCARD), name="statutes-discard"),
]
