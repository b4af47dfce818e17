"""What no template may hold, whoever wrote it: the content security policy forbids it, or people would miss it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
SPRITE = (settings.BASE_DIR / "static/img/icons.svg").read_text()
SYMBOLS = set(re.findall(r'id="([\w-]+)"', SPRITE))


def name(path: Path) -> str:
    """How a template is called in a test's name."""
    return str(path.relative_to(settings.BASE_DIR / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_holds_no_inline_style_script_or_handler(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*(\ssrc=|type=\"application/json\"))", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_uses_only_shapes_that_exist(path: Path) -> None:
    text = path.read_text()
    icons = re.findall(r'_icon\.html" with [^%]*?\bname="([\w-]+)"', text)
    stations = re.findall(r'_station\.html" with [^%]*?\bkind="([\w-]+)"', text)
    assert {*icons, *(f"st-{kind}" for kind in stations)} <= SYMBOLS


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_includes_only_templates_that_exist(path: Path) -> None:
    for included in re.findall(r'{% (?:include|extends) "([^"]+)"', path.read_text()):
        assert (settings.BASE_DIR / "templates" / included).exists(), included
