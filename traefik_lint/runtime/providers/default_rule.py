"""The rule of routers that have none: a Go template about the container (R-031)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from traefik_lint.golang.template import Template

DEFAULT_TEMPLATE = "Host(`{{ normalize .Name }}`)"


class DefaultRule:
    """A provider's ``defaultRule``; making one raises GoError when the template does not parse."""

    __slots__ = ("_template", "text")

    def __init__(self, text: str = DEFAULT_TEMPLATE) -> None:
        self.text = text
        self._template: Template | None = None
        if text != DEFAULT_TEMPLATE:
            from traefik_lint.golang.template import Unrenderable, parse

            try:
                self._template = parse(text)
            except Unrenderable:
                self._template = None

    @property
    def names_the_container(self) -> bool:
        """Whether replicas of one service may get different rules."""
        return "ContainerName" in self.text

    def render(self, name: str, container: str, labels: Mapping[str, str]) -> tuple[str, bool]:
        """The rule for a container, and whether it is certain; raises GoError when the template fails.

        ``name`` is already normalised (R-031).
        """
        if self.text == DEFAULT_TEMPLATE:
            return f"Host(`{name}`)", True
        from traefik_lint.golang.template import Unrenderable, render

        if self._template is None:
            return self.text, False
        data = {"Name": name, "ContainerName": container, "Labels": dict(labels)}
        try:
            return render(self._template, data), True
        except Unrenderable:
            return self.text, False
