"""The files of deploy/ agree with each other and with the platform."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from scripts.shape import SITE, main_file, nginx_program
from scripts.with_stack import free_port
from tests.realtime.process import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
NOT_FOR_WORK = {"DEMO", "DEBUG", "EMBEDDED", "TEST_DB"}


def test_every_setting_is_explained_in_the_example_and_nothing_else_is() -> None:
    settings = (ROOT / "config" / "settings.py").read_text() + (DEPLOY / "gunicorn.conf.py").read_text()
    read = set(re.findall(r'env(?:iron)?\.\w+\(\s*"([A-Z_]+)"', settings)) - NOT_FOR_WORK
    explained = re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "env.example").read_text(), flags=re.MULTILINE)
    assert set(explained) == read
    assert len(explained) == len(set(explained))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_every_unit_is_as_confined_as_the_others(unit: Path) -> None:
    first, second = (path.read_text().partition("# The same in every unit")[2] for path in (UNITS[0], unit))
    assert "NoNewPrivileges=yes" in first
    assert "ProtectSystem=strict" in first
    assert second.partition("\n[Install]")[0].strip() == first.partition("\n[Install]")[0].strip()


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_every_unit_runs_what_exists_and_what_runs_at_times_has_a_timer(unit: Path) -> None:
    text = unit.read_text()
    asked = set(re.findall(r"^ExecStart=\S+ manage\.py (\w+)", text, flags=re.MULTILINE))
    assert asked <= set(get_commands())
    assert asked or "gunicorn" in text
    assert ("Type=oneshot" in text) == unit.with_suffix(".timer").exists()


def test_compose_gives_nginx_the_addresses_it_was_built_with() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yml").read_text())
    given = {
        service["networks"]["inside"].get("ipv4_address"): service.get("command", "")
        for service in compose["services"].values()
    }
    asked = re.findall(r"/(172\.[\d.]+):(\d+)/", (DEPLOY / "Dockerfile").read_text())
    assert len(asked) == 3
    for address, port in asked:
        assert port in given[address] or "gunicorn" in given[address]
    assert compose["x-app"]["environment"]["TRUSTED_PROXIES"] in given


def test_no_image_comes_from_a_host_of_its_own() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yml").read_text())
    images = {service["image"] for service in compose["services"].values()}
    images |= set(re.findall(r"^FROM (\S+)", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE))
    assert not [image for image in images if "/" in image]


def test_an_idle_page_is_not_cut_off_by_the_door() -> None:
    sockets = SITE.read_text().partition("location = /ws/ {")[2].partition("}")[0]
    seconds = re.search(r"proxy_read_timeout (\d+)s;", sockets)
    assert seconds
    assert int(seconds[1]) > 60


@pytest.mark.stack
@pytest.mark.alone
@pytest.mark.proxied
def test_nginx_takes_the_site_as_compose_has_it(tmp_path: Path) -> None:
    words = re.search(
        r"RUN sed -i (.*) /etc/nginx/conf\.d/default\.conf", (DEPLOY / "Dockerfile").read_text()
    )
    assert words
    site, main = tmp_path / "site.conf", tmp_path / "nginx.conf"
    site.write_text(SITE.read_text())
    subprocess.run(["sed", "-i", *shlex.split(words[1]), str(site)], check=True)
    assert "127.0.0.1:81" not in site.read_text()
    site.write_text(
        site.read_text()
        .replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
        .replace("listen [::]:80;", "")
    )
    main.write_text(main_file(tmp_path, site))
    tried = subprocess.run(
        [nginx_program(), "-t", "-e", str(tmp_path / "log"), "-c", str(main)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "syntax is ok" in tried.stderr, tried.stderr
