#!/usr/bin/env python3
"""Takes the README's pictures from the demo: loads it in a scratch database, serves it, photographs two pages.

    .venv/bin/python -m scripts.pictures

Needs what the tests need: the test packages and chromium.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.with_stack import free_port

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-gpu",
]


def manage(*words: str, wait: bool = True) -> subprocess.Popen[bytes]:
    """One management command of the scratch demo."""
    process = subprocess.Popen([sys.executable, "manage.py", *words], cwd=ROOT)
    if wait and process.wait():
        sys.exit(f"manage.py {words[0]} failed")
    return process


def log_in(browser: Browser, site: str, email: str, width: int, height: int) -> object:
    """A browser window in which this person is logged in, by the code the demo shows."""
    page = browser.new_page(viewport={"width": width, "height": height}, locale="fr-FR")
    page.goto(f"{site}/comptes/login/")
    page.get_by_label("adresse électronique").fill(email)
    page.get_by_role("button", name="Recevoir mon code").click()
    page.get_by_role("button", name="Me connecter").wait_for()
    page.get_by_label("Le code").fill(page.locator(".code-demo").inner_text())
    page.get_by_role("button", name="Me connecter").click()
    page.wait_for_url(f"{site}/")
    return page


def main() -> None:
    """Load, serve, photograph, stop."""
    port, folder = free_port(), tempfile.mkdtemp(prefix="ecossolies-pictures-")
    site = f"http://127.0.0.1:{port}"
    os.environ.update(
        DATABASE_URL=f"sqlite:///{folder}/demo.sqlite3", DEMO="1", SITE_URL=site, LOG_LEVEL="WARNING"
    )
    manage("migrate", "--verbosity", "0")
    manage("demo")
    server = manage("serve", "--port", str(port), wait=False)
    try:
        for _ in range(300):
            with socket.socket() as sock:
                if sock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        PICTURES.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            page = log_in(browser, site, "nadege@demo.example", 1280, 800)
            page.goto(f"{site}/ateliers/")
            page.locator("main a[href^='/ateliers/']", has_text="La fête du réseau").first.click()
            page.locator("[data-freshness='a-jour']").first.wait_for()
            page.screenshot(path=PICTURES / "room.png")
            page.set_viewport_size({"width": 1920, "height": 1080})
            page.goto(page.url.rstrip("/") + "/projecteur/")
            page.locator("[data-freshness='a-jour']").first.wait_for()
            page.screenshot(path=PICTURES / "projector.png")
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
