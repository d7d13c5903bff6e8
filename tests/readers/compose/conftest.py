from __future__ import annotations

from collections.abc import Callable

import pytest

from traefik_lint.model.compose import ComposeProject
from traefik_lint.readers.compose import load_project
from traefik_lint.source.span import SourceFile

Load = Callable[..., ComposeProject]


@pytest.fixture
def load() -> Load:
    """Load a project from texts by path below ``/shop``; all files named compose* are its files, in order."""

    def load_texts(
        *files: str, project_name: str | None = None, env_files: list[str] | None = None, **others: str
    ) -> ComposeProject:
        texts = {f"/shop/compose{i or ''}.yml": text for i, text in enumerate(files)}
        paths = list(texts)
        for name, text in others.items():
            texts["/shop/" + name.replace("__", "/").replace("_dot_", ".")] = text
        sources = {path: SourceFile(path.removeprefix("/shop/"), text, path) for path, text in texts.items()}
        return load_project(paths, load_file=sources.get, project_name=project_name, env_files=env_files)

    return load_texts
