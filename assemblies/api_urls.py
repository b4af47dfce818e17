"""The REST addresses of assemblies: reading, and the same acts as the pages."""

from django.urls import path

from assemblies import api, contests_api, proxies_api, reading, rehearsals_api
from realtime.rest import rest_door

app_name = "assemblies-api"
ONE = "assemblies/<int:assembly>"
urlpatterns = [
    path("assemblies/", reading.AssemblyList.as_view(), name="assembly-list"),
    path("assemblies/prepare/", rest_door(api.ASSEMBLY_PREPARE), name="assembly-prepare"),
    path(f"{ONE}/", reading.AssemblyDetail.as_view(), name="assembly-page"),
    path(f"{ONE}/change/", rest_door(api.ASSEMBLY_CHANGE), name="assembly-change"),
    path(f"{ONE}/convene/", rest_door(api.ASSEMBLY_CONVENE), name="assembly-convene"),
    path(f"{ONE}/open/", rest_door(api.ASSEMBLY_OPEN), name="assembly-open"),
    path(f"{ONE}/close/", rest_door(api.ASSEMBLY_CLOSE), name="assembly-close"),
    path(f"{ONE}/call-again/", rest_door(api.ASSEMBLY_CALL_AGAIN), name="assembly-call-again"),
    path(f"{ONE}/officers/", rest_door(api.OFFICER_APPOINT), name="officer-appoint"),
    path("officers/<int:officer>/dismiss/", rest_door(api.OFFICER_DISMISS), name="officer-dismiss"),
    path(f"{ONE}/items/", rest_door(api.ITEM_ADD), name="item-add"),
    path("items/<int:item>/change/", rest_door(api.ITEM_CHANGE), name="item-change"),
    path("items/<int:item>/move/", rest_door(api.ITEM_MOVE), name="item-move"),
    path("items/<int:item>/remove/", rest_door(api.ITEM_REMOVE), name="item-remove"),
    path("items/<int:item>/start/", rest_door(api.ITEM_START), name="item-start"),
    path(f"{ONE}/contests/", rest_door(contests_api.CONTEST_ADD), name="contest-add"),
    path(
        "resolutions/<int:resolution>/candidates/",
        rest_door(contests_api.CANDIDATE_ADD),
        name="candidate-add",
    ),
    path(
        "candidates/<int:candidate>/withdraw/",
        rest_door(contests_api.CANDIDATE_WITHDRAW),
        name="candidate-withdraw",
    ),
    path(f"{ONE}/take-up/", rest_door(api.FORWARDING_TAKE_UP), name="forwarding-take-up"),
    path(f"{ONE}/rehearsal/open/", rest_door(rehearsals_api.REHEARSAL_OPEN), name="rehearsal-open"),
    path(f"{ONE}/rehearsal/close/", rest_door(rehearsals_api.REHEARSAL_CLOSE), name="rehearsal-close"),
    path(f"{ONE}/rehearsal/erase/", rest_door(rehearsals_api.REHEARSAL_ERASE), name="rehearsal-erase"),
    path(f"{ONE}/check-in/", rest_door(api.CHECK_IN), name="attendance-check-in"),
    path(f"{ONE}/check-out/", rest_door(api.CHECK_OUT), name="attendance-check-out"),
    path(f"{ONE}/proxies/", rest_door(proxies_api.PROXY_GIVE), name="proxy-give"),
    path("proxies/", reading.ProxyList.as_view(), name="proxy-list"),
    path("proxies/<int:proxy>/accept/", rest_door(proxies_api.PROXY_ACCEPT), name="proxy-accept"),
    path("proxies/<int:proxy>/decline/", rest_door(proxies_api.PROXY_DECLINE), name="proxy-decline"),
    path("proxies/<int:proxy>/revoke/", rest_door(proxies_api.PROXY_REVOKE), name="proxy-revoke"),
    path(
        "resolutions/<int:resolution>/back/",
        rest_door(proxies_api.RESOLUTION_BACK),
        name="resolution-back",
    ),
    path("resolutions/", reading.ResolutionList.as_view(), name="resolution-list"),
    path("resolutions/<int:pk>/", reading.ResolutionDetail.as_view(), name="resolution-page"),
    path("resolutions/<int:resolution>/open/", rest_door(api.VOTE_OPEN), name="vote-open"),
    path("resolutions/<int:resolution>/close/", rest_door(api.VOTE_CLOSE), name="vote-close"),
    path("resolutions/<int:resolution>/declare/", rest_door(api.VOTE_DECLARE), name="vote-declare"),
]
