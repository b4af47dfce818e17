"""gunicorn for pages and REST: `gunicorn --config deploy/gunicorn.conf.py config.wsgi`. HUP reloads without refusing."""

import os
from pathlib import Path
from typing import Any

from prometheus_client.multiprocess import mark_process_dead

bind = os.environ.get("PAGES_BIND", "127.0.0.1:8100")
workers = int(os.environ.get("PAGES_WORKERS", "2"))
threads = int(os.environ.get("PAGES_THREADS", "4"))
worker_class = "gthread"
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  (a heartbeat, no data)
backlog = 4096
timeout = 60
graceful_timeout = 30  # what is under way is answered
max_requests, max_requests_jitter = 20_000, 2_000
forwarded_allow_ips = ""  # gunicorn believes nobody: TRUSTED_PROXIES decides, once (config/proxy.py)
accesslog = None  # nginx keeps one
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()


def child_exit(server: Any, worker: Any) -> None:
    """What a worker counted stays counted; what it held is held no more."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        mark_process_dead(worker.pid)
