"""Through nginx, as members come: pages from WSGI workers, sockets from any of two processes, files from the disk."""

import gzip
import json
import re
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from realtime.publish import last_seq
from scripts.shape import Shape
from tests.deploy.conftest import Open
from tests.deploy.shape import Visitor, held
from tests.journey.scene import Scene
from tests.realtime.conftest import cookie_of
from tests.realtime.phone import Phone
from workshops import attempts
from workshops.models import Proposal

pytestmark = [pytest.mark.stack, pytest.mark.alone, pytest.mark.proxied]

LONGEST = 64 * 1024


def test_a_code_sent_by_mail_logs_in_and_the_cookie_opens_the_next_page(
    scene: Scene, shape: Shape, mails: Path
) -> None:
    browser = Visitor(shape.address)
    browser.get("/comptes/login/")
    assert browser.post("/comptes/login/", {"email": scene.bob.email}).status == 302
    mail = max(mails.iterdir(), key=lambda path: path.stat().st_mtime).read_text()
    code = re.search(r"^    (\d{6})$", mail, flags=re.MULTILINE)
    assert code, mail
    browser.get("/comptes/login/code/confirm/")
    assert browser.post("/comptes/login/code/confirm/", {"code": code[1]}).status == 302
    assert browser.cookies["sessionid"]["httponly"]
    assert browser.get(scene.room.get_absolute_url()).status == 200


def test_a_page_and_its_files_come_from_the_workers_and_from_the_disk(scene: Scene, shape: Shape) -> None:
    browser = Visitor(shape.address, cookie=cookie_of(scene.bob))
    page = browser.get(scene.room.get_absolute_url())
    assert scene.room.title in page.text
    name = re.search(r"/static/js/live\.[0-9a-f]{12}\.js", page.text)
    assert name, "the page names its script by a hash"
    file = browser.get(name[0])
    assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
    imported = re.search(r'"\./(acts\.[0-9a-f]{12}\.js)"', file.text)
    assert imported, "what it imports has a hash too"
    assert browser.get(f"/static/js/{imported[1]}").headers["content-type"].endswith("javascript")
    assert browser.get("/static/js/live.js").headers["cache-control"] == "no-cache"


def test_files_are_compressed_once_and_kept_so(shape: Shape) -> None:
    file = next((shape.folder / "static/css").glob("room.*.css.gz"))
    asked = Visitor(shape.address).get(f"/static/css/{file.name.removesuffix('.gz')}", Accept_Encoding="gzip")
    assert asked.headers["content-encoding"] == "gzip"
    assert (
        int(asked.headers["content-length"]) == file.stat().st_size < len(gzip.decompress(file.read_bytes()))
    )


def test_what_is_done_at_one_process_is_seen_at_the_other(scene: Scene, shape: Shape, phone: Open) -> None:
    reader, author = phone(scene.nina), phone(scene.bob)
    assert [held(port, "ecossolies_sockets") for port in shape.socket_ports] == [1, 1]
    reader.follow(scene.room.topic, last_seq(scene.room.topic), **{"as": "html"})
    reader.until(lambda frame: "upto" in frame)
    key = author.do("proposal.submit", workshop=scene.room.pk, title="Un four à pain pour tous")
    told = reader.until(lambda frame: bool(frame.get("events")))
    assert "Un four à pain pour tous" in told["events"][0]["html"]
    told_by = 'ecossolies_broadcast_seconds_count{kind="workshop"}'
    assert sum(held(port, told_by) for port in shape.socket_ports) >= 1
    assert author.answer(key)["data"]["proposal"] == Proposal.objects.get().pk


def test_what_is_done_in_a_plain_form_is_seen_on_the_sockets(scene: Scene, shape: Shape, phone: Open) -> None:
    reader = phone(scene.nina)
    reader.follow(scene.room.topic, last_seq(scene.room.topic), **{"as": "html"})
    reader.until(lambda frame: "upto" in frame)
    browser = Visitor(shape.address, cookie=cookie_of(scene.bob))
    browser.get(scene.room.get_absolute_url())
    sent = browser.post(f"/ateliers/{scene.room.pk}/proposer/", {"title": "Un atelier vélo"})
    assert sent.status == 303
    told = reader.until(lambda frame: bool(frame.get("events")))
    assert "Un atelier vélo" in told["events"][0]["html"]


def test_a_socket_opens_for_pages_of_this_host_alone(scene: Scene, shape: Shape) -> None:
    for origin in ("http://elsewhere.example", "http://127.0.0.1", None):
        with pytest.raises(InvalidStatus) as refused:
            Phone(shape.address, cookie_of(scene.bob), origin=origin)
        assert refused.value.response.status_code == 403


def test_a_forwarded_host_or_address_is_not_a_way_in(scene: Scene, shape: Shape) -> None:
    with pytest.raises(InvalidStatus):
        Phone(
            shape.address,
            cookie_of(scene.bob),
            origin="http://elsewhere.example",
            X_Forwarded_Host="elsewhere.example",
        )


@pytest.mark.usefixtures("shared_counts")
def test_limits_see_the_address_of_the_client_whatever_it_says(scene: Scene, shape: Shape) -> None:
    for _number in range(attempts.MOST_PER_ADDRESS):
        attempts.note_wrong(["address:127.0.0.2"])
    code = f"/rejoindre/{scene.room.join_code}/"
    guesser, other = Visitor(shape.address, "127.0.0.2"), Visitor(shape.address, "127.0.0.3")
    assert guesser.get(code).status == 429
    assert guesser.get(code, X_Forwarded_For="127.0.0.3", Forwarded="for=127.0.0.3").status == 429
    assert other.get(code, X_Forwarded_For="127.0.0.2", X_Real_IP="127.0.0.2").status == 200


def test_a_frame_of_64_kib_passes_and_a_longer_one_is_closed_by_its_code(scene: Scene, phone: Open) -> None:
    page = phone(scene.bob)
    frame = json.dumps({"do": "proposal.submit", "key": None, "data": {"title": ""}})
    page.socket.send(frame.replace('""', '"' + "a" * (LONGEST - len(frame)) + '"'))
    assert "failed" in page.receive()
    page.socket.send(" " * (LONGEST + 1))
    assert page.closed_with() == 4413


def test_the_numbers_are_for_who_looks_after_the_machine(scene: Scene, shape: Shape, phone: Open) -> None:
    phone(scene.bob).joined(scene.room.topic)
    assert Visitor(shape.address).get("/metrics").status == 404
    for port in (shape.pages_port, *shape.socket_ports):
        inside = Visitor(f"http://127.0.0.1:{port}")
        assert inside.get("/metrics").status == 200
        assert inside.get("/metrics", X_Forwarded_For="203.0.113.7").status == 404
    following = [held(port, 'ecossolies_followers{kind="workshop"}') for port in shape.socket_ports]
    assert sum(following) == 1
    assert all(held(port, "ecossolies_database_pool_size") >= 1 for port in shape.socket_ports)
    assert all(held(port, "process_resident_memory_bytes") > 10_000_000 for port in shape.socket_ports)


def test_a_socket_process_serves_no_page(scene: Scene, shape: Shape) -> None:
    inside = Visitor(f"http://127.0.0.1:{shape.socket_ports[0]}")
    assert (inside.get("/").status, inside.get("/comptes/login/").status) == (404, 404)
