"""The physical limit: an event loop that writes a frame built before to every socket. It knows no one and no protocol.

    python -m benchmarks.live.bare PORT CONTROL_PORT

A line on the control port is broadcast to every socket as one text frame.
"""

import asyncio
import base64
import hashlib
import sys

import uvloop

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
BACKLOG = 4096
sockets: set[asyncio.Transport] = set()


def frame_of(text: bytes) -> bytes:
    """A text frame of a server."""
    size = len(text)
    if size < 126:
        return bytes([0x81, size]) + text
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + text
    return b"\x81\x7f" + size.to_bytes(8, "big") + text


class Socket(asyncio.Protocol):
    """One follower."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the handshake."""
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.request = b""

    def data_received(self, data: bytes) -> None:
        """Answer the handshake; nothing else is read."""
        if self.transport in sockets:
            return
        self.request += data
        if b"\r\n\r\n" not in self.request:
            return
        key = next(
            line.split(b": ")[1]
            for line in self.request.split(b"\r\n")
            if line.lower().startswith(b"sec-websocket-key")
        )
        accept = base64.b64encode(hashlib.sha1(key + GUID).digest())
        self.transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        sockets.add(self.transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """One less."""
        sockets.discard(self.transport)


async def control(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Broadcast each line."""
    while line := await reader.readline():
        frame = frame_of(line.rstrip(b"\n"))
        for transport in sockets:
            transport.write(frame)
    writer.close()


async def main(port: int, control_port: int) -> None:
    """Serve both ports."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Socket, "127.0.0.1", port, backlog=BACKLOG)
    await asyncio.start_server(control, "127.0.0.1", control_port, limit=2**20)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2])))
