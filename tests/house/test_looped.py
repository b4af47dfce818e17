"""The small servers of the tests leave nothing open, whatever reaches them as they end."""

import asyncio
import gc
import socket
from contextlib import ExitStack

import pytest
from websockets.sync.client import connect

from tests.browser.pages.server import LiveServer
from tests.looped import Looped


class Greeter(Looped):
    """Waits for a word from each who comes."""

    async def _open(self) -> None:
        self.port = await self._listen(self.greet)

    async def greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the word."""
        writer.write(await reader.readline())


@pytest.mark.parametrize("word", [b"", b"bonjour\n"])
def test_who_comes_as_a_server_ends_is_let_go(word: bytes) -> None:
    for comers in range(9):
        with Greeter("greeter") as server:
            phones = [socket.create_connection(("127.0.0.1", server.port), timeout=5) for _ in range(comers)]
            for phone in phones:
                phone.send(word)
        for phone in phones:
            phone.close()
        del server
    gc.collect()  # what was left open is a warning here, and a warning is an error


def test_who_hangs_up_as_a_server_ends_leaves_nothing_open() -> None:
    for _ in range(5):
        with ExitStack() as later:
            with LiveServer("default-src 'self'") as server:
                address = server.url("/ws/").replace("http", "ws", 1)
                phones = [later.enter_context(connect(address)) for _ in range(6)]
                for phone in phones:
                    phone.socket.shutdown(socket.SHUT_RDWR)
            del server
    gc.collect()
