"""What the tests of proxies share: two members who may give and hold, a SCIC of many, proxies by the dozen."""

from datetime import datetime
from typing import Any

from assemblies.models import Assembly, Proxy
from assemblies.services import accept_proxy, give_proxy
from cooperation.models import Membership, Person
from tests.assemblies.scene import CONVENED_AT


def given(
    assembly: Assembly, giver: Membership, holder: Person | None, at: datetime = CONVENED_AT, **more: Any
) -> Proxy:
    """A proxy a member gives for itself."""
    assert giver.person is not None
    return give_proxy(by=giver.person, assembly=assembly, giver=giver, holder=holder, at=at, **more)


def accepted(
    assembly: Assembly, giver: Membership, holder: Person, at: datetime = CONVENED_AT, **more: Any
) -> Proxy:
    """A proxy a member gives for itself and that its holder takes."""
    return accept_proxy(by=holder, proxy=given(assembly, giver, holder, at, **more), at=at)
