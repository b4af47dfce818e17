"""A visitor of the public door, and what the processes behind it say of themselves."""

import http.client
import re
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit


class Page(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


class Visitor:
    """A browser without a screen, whose connections leave from an address of its own (loopback has many)."""

    def __init__(self, address: str, source: str = "127.0.0.1", cookie: str = "") -> None:
        self.where, self.source = urlsplit(address), source
        self.cookies = SimpleCookie(cookie)

    def get(self, path: str, **headers: str) -> Page:
        return self.ask("GET", path, b"", headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Page:
        token = (
            {"csrfmiddlewaretoken": self.cookies["csrftoken"].value} if "csrftoken" in self.cookies else {}
        )
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode({**token, **fields}).encode(), {**kind, **headers})

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Page:
        line = http.client.HTTPConnection(
            self.where.hostname or "", self.where.port, timeout=30, source_address=(self.source, 0)
        )
        kept = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body or None, {**({"Cookie": kept} if kept else {}), **told})
        answer = line.getresponse()
        for value in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(value)
        page = Page(
            answer.status,
            {name.lower(): value for name, value in answer.headers.items()},
            answer.read().decode("utf-8", "replace"),
        )
        line.close()
        return page


def held(port: int, name: str) -> float:
    """A number of /metrics of the process that listens on this port; 0 when it has none."""
    text = Visitor(f"http://127.0.0.1:{port}").get("/metrics").text
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, flags=re.MULTILINE)
    return float(found[1]) if found else 0.0
