"""A floor knows only the floors below it: in its foreign keys and in its templates too."""

import re

import pytest
from django.apps import apps
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from tests.house.tree import FLOORS, ROOT

HEIGHT = {name: height for height, name in enumerate(FLOORS)}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_every_foreign_key_points_to_the_same_or_a_lower_floor() -> None:
    climbing = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for floor in FLOORS
        if floor != "config"
        for model in apps.get_app_config(floor).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model._meta.app_label in HEIGHT
        if HEIGHT[field.related_model._meta.app_label] > HEIGHT[floor]
    ]
    assert not climbing


def namespaces() -> dict[str, str]:
    """URL namespace → the floor whose urls.py declares it."""
    return {
        pattern.namespace: pattern.urlconf_module.__name__.split(".")[0]
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver)
        and pattern.namespace
        and hasattr(pattern.urlconf_module, "__name__")
    }


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_includes_and_links_only_the_same_or_lower_floors(path: object) -> None:
    parts = path.relative_to(ROOT / "templates").parts  # type: ignore[attr-defined]
    floor = parts[0] if len(parts) > 1 else "config"
    if floor not in HEIGHT:  # components, account, errors: used by all, they may include only their own kind
        floor = "realtime" if floor in ("components", "account") else "config"
    text = path.read_text()  # type: ignore[attr-defined]
    included = re.findall(r"{%\s*(?:include|extends)\s+[\"']([a-z_]+)/", text)
    linked = [namespaces().get(name, "") for name in re.findall(r"{%\s*url\s+[\"']([a-z_]+):", text)]
    used = [name for name in [*included, *linked] if name in HEIGHT]
    if parts[0] in ("components", "base.html") or len(parts) == 1:
        return
    too_high = [name for name in used if HEIGHT[name] > HEIGHT[floor]]
    assert not too_high, f"{path} reaches up to {too_high}"
