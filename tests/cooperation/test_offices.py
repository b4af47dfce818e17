"""Holding office: a seat, a role, from a day to a day."""

from datetime import date

import pytest
from django.utils import timezone

from cooperation.models import GoverningBody, Mandate, Person
from cooperation.services import appoint, end_mandate, guest_named
from realtime.refused import Refused

DAY = date(2008, 3, 15)


def seat(board: GoverningBody, person: Person, **fields: object) -> Mandate:
    return appoint(body=board, person=person, at=timezone.now(), **{"since": DAY, **fields})  # type: ignore[arg-type]


def test_an_appointed_person_sits_from_that_day_and_is_told(board: GoverningBody, bob: Person) -> None:
    mandate = seat(board, bob, role="treasurer")
    assert list(Mandate.objects.as_of(DAY)) == [mandate]
    assert not Mandate.objects.as_of(date(2008, 3, 14)).exists()
    assert bob.notifications.get().sentence == "Vous siégez désormais : Conseil d’administration."


def test_a_term_lasts_the_years_of_the_body(board: GoverningBody, bob: Person, alice: Person) -> None:
    board.term_years = 3
    board.save()
    assert seat(board, bob).until == date(2011, 3, 15)
    assert seat(board, alice, since=date(2008, 2, 29)).until == date(2011, 2, 28)


def test_nobody_sits_twice_in_one_body(board: GoverningBody, bob: Person) -> None:
    seat(board, bob)
    with pytest.raises(Refused, match="already_in_office"):
        seat(board, bob, since=date(2009, 1, 1))


def test_a_body_has_no_more_members_than_seats(board: GoverningBody, alice: Person, bob: Person) -> None:
    board.seats = 1
    board.save()
    seat(board, alice)
    with pytest.raises(Refused, match="no_seat_left"):
        seat(board, bob)


def test_a_guest_holds_no_office(board: GoverningBody) -> None:
    with pytest.raises(Refused, match="guest_not_allowed"):
        seat(board, guest_named(name="Idriss", at=timezone.now()))


def test_an_ended_term_leaves_its_seat(board: GoverningBody, alice: Person, bob: Person) -> None:
    board.seats = 1
    board.save()
    end_mandate(mandate=seat(board, alice), on=date(2009, 3, 14), at=timezone.now())
    assert seat(board, bob, since=date(2009, 3, 15)).person == bob
    assert alice.notifications.first().sentence == "Votre mandat a pris fin : Conseil d’administration."


def test_a_term_ends_once_and_not_before_it_begins(board: GoverningBody, bob: Person) -> None:
    mandate = seat(board, bob)
    with pytest.raises(Refused, match="ends_before_it_begins"):
        end_mandate(mandate=mandate, on=date(2007, 1, 1), at=timezone.now())
    end_mandate(mandate=mandate, on=date(2009, 1, 1), at=timezone.now())
    with pytest.raises(Refused, match="mandate_ended"):
        end_mandate(mandate=mandate, on=date(2009, 2, 1), at=timezone.now())
