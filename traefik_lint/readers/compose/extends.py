"""Services that extend others (C-076 … C-078)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from traefik_lint.readers.compose.includes import is_remote, resolved
from traefik_lint.readers.compose.merge import is_null, merge_services, without_resets
from traefik_lint.source.tree import Entry, Mapping, Node, Scalar

if TYPE_CHECKING:
    from traefik_lint.readers.compose.loading import Loader
    from traefik_lint.readers.compose.variables import Variables

#: Longer chains are not followed; they would make each service carry all before it.
MAX_CHAIN = 60


class Extending:
    """The services of one document, each laid over the one it extends; files are looked at once."""

    def __init__(self, loader: Loader, path: str, variables: Variables, root: Mapping) -> None:
        self._loader = loader
        self._path = path
        self._variables = variables
        self._root = root
        self._services: dict[str, Mapping | None] = {path: _services_of(root)}
        self._done: dict[tuple[str, str], Mapping | None] = {}

    def applied(self) -> Mapping:
        """The document with all ``extends`` carried out."""
        root = self._root
        services = self._services[self._path]
        if services is None or not any(_extends(entry.value) for entry in services.entries):
            return root
        entries = [
            Entry(entry.key, self._service(self._path, entry.key.value, ()) or entry.value, entry.via)
            for entry in services.entries
        ]
        changed = Mapping(services.file, services.start, services.end, entries, services.tag)
        return Mapping(
            root.file,
            root.start,
            root.end,
            [Entry(entry.key, changed) if entry.key.value == "services" else entry for entry in root.entries],
            root.tag,
        )

    def _service(self, path: str, name: str, chain: tuple[tuple[str, str], ...]) -> Mapping | None:
        """A service with all that it inherits; None when there is none, or no mapping."""
        mark = (path, name)
        if mark in self._done:
            return self._done[mark]
        services = self._services[path]
        node = services.get(name) if services is not None else None
        service = node if isinstance(node, Mapping) else None
        extends = _extends(service)
        if service is not None and extends is not None:
            service = self._laid_over_base(path, service, extends, (*chain, mark))
        self._done[mark] = service
        return service

    def _laid_over_base(
        self, path: str, service: Mapping, extends: Node, chain: tuple[tuple[str, str], ...]
    ) -> Mapping:
        reference = extends.scalar("service") if isinstance(extends, Mapping) else extends
        if not isinstance(reference, Scalar) or not reference.value or reference.unknown:
            self._loader.is_open = True
            return service
        file = extends.scalar("file") if isinstance(extends, Mapping) else None
        base_path = path if file is None else self._file(path, file)
        if base_path is None:
            self._loader.is_open = True
            return service
        if len(chain) > MAX_CHAIN:
            self._loader.is_open = True
            return service
        if (base_path, reference.value) in chain:
            message = f'the service "{reference.value}" extends itself: compose refuses the project'
            self._loader.problem("cycle", message, reference.span)
            return service
        base = self._service(base_path, reference.value, chain)
        if base is None:
            services = self._services[base_path]
            if services is None or services.get(reference.value) is None:
                where = f' in "{file.value}"' if file is not None else ""
                message = (
                    f'there is no service "{reference.value}" to extend{where}: compose refuses the project'
                )
                self._loader.problem("missing-service", message, reference.span)
            return service
        cleaned = without_resets(base)
        assert isinstance(cleaned, Mapping)
        merged = merge_services(cleaned, service, reference.span)
        entries = [entry for entry in merged.entries if entry.key.value != "extends"]
        return Mapping(service.file, service.start, service.end, entries, service.tag)

    def _file(self, path: str, file: Scalar) -> str | None:
        """The path of the file that holds a base; its services are read. None when it can't be read."""
        if file.unknown or is_remote(file.value):
            return None
        outer = self._loader.directories.get(id(file.file), os.path.dirname(path))
        base_path = resolved(file.value, outer)
        if base_path not in self._services:
            loaded = self._loader.read(base_path, os.path.dirname(base_path), self._variables)
            if loaded is None:
                message = f'the file "{file.value}" to extend from is missing: compose refuses the project'
                self._loader.problem("missing-file", message, file.span, path=base_path)
            services = [_services_of(root) for root in loaded.roots] if loaded is not None else []
            found = [mapping for mapping in services if mapping is not None]
            self._services[base_path] = found[-1] if found else None
            if loaded is None:
                del self._services[base_path]
                return None
        return base_path


def _services_of(root: Mapping) -> Mapping | None:
    return root.mapping("services")


def _extends(service: Node | None) -> Node | None:
    node = service.get("extends") if isinstance(service, Mapping) else None
    return None if is_null(node) else node
