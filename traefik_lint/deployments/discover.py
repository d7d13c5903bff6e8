"""From PATHS to deployments: find the files, read them, and put together what belongs together."""

from __future__ import annotations

import os

from traefik_lint.deployments import kinds
from traefik_lint.deployments.assembly import assemble
from traefik_lint.deployments.declared import joined
from traefik_lint.deployments.options import Discovery, DiscoveryOptions
from traefik_lint.deployments.reach import STATIC_NAMES
from traefik_lint.deployments.store import FileStore, ParsedFile
from traefik_lint.deployments.walk import Found, boundaries, find_files, repository_root, shown_path
from traefik_lint.deployments.world import World
from traefik_lint.model.deployment import Deployment

#: How many files are looked at as context for the ones that were asked for.
MOST_CONTEXT = 5_000


def discover(paths: list[str], options: DiscoveryOptions) -> Discovery:
    """Find the deployments that the given files and folders describe.

    Files that are not about Traefik are passed over without being parsed. Named files are read together with what
    they belong to (an override file, a mounted static file, the provider's directory), and, unless
    ``options.strict``, with the Traefik found elsewhere in the repository.
    """
    found, missing = _find(paths, options)
    store = _store(paths, found, options)
    files = [file for file in (_parsed(item, store, options) for item in found) if file is not None]
    relevant = [file for file in files if file.kind != "other" or file.error is not None]
    requested = frozenset(file.shown for file in relevant)
    world = World(store, options)
    world.add(_with_plain_compose(relevant, found, store))
    looks_around = not options.strict and not options.together
    if looks_around and world.lacks_context and any(item.named for item in found):
        world.add(_context(paths, requested, store, options))
    deployments = assemble(world)
    if options.together:
        deployments = joined(deployments, options.together)
    reached = _reached(deployments, found, relevant, store)
    return Discovery(
        deployments, [*relevant, *reached], requested.union(file.shown for file in reached), missing
    )


def _reached(
    deployments: list[Deployment], found: list[Found], relevant: list[ParsedFile], store: FileStore
) -> list[ParsedFile]:
    """Files that a Traefik reads, so that they are about it even if no key in them is one of its own."""
    known = {file.real for file in relevant}
    used = {file.real for deployment in deployments for file in deployment.files} - known
    files = [store.parsed(item.real) for item in found if item.real in used]
    return [file for file in files if file is not None]


def _find(paths: list[str], options: DiscoveryOptions) -> tuple[list[Found], list[str]]:
    disk = [path for path in paths if path != "-"]
    found, missing = find_files(disk, options.base, options.exclude)
    if options.static:
        extra, absent = find_files([options.static], options.base)
        known = {item.real for item in found}
        found += [item for item in extra if item.real not in known]
        missing += absent
    if "-" in paths and options.stdin is not None:
        name = options.stdin[0]
        real = (
            os.path.realpath(os.path.join(options.base, name)) if name != "-" else _stdin_path(options.base)
        )
        shown = name if name == "-" else shown_path(name, options.base)
        found = [item for item in found if item.real != real]
        found.append(Found(real, shown, named=True))
    return found, missing


def _stdin_path(base: str) -> str:
    return os.path.join(os.path.realpath(base), "-")


def _store(paths: list[str], found: list[Found], options: DiscoveryOptions) -> FileStore:
    texts: dict[str, tuple[str, bytes]] = {}
    if "-" in paths and options.stdin is not None:
        item = found[-1]
        texts[item.real] = (item.shown, options.stdin[1])
    named = [path for path in (*paths, options.static) if path not in ("-", "")]
    store = FileStore(options.base, boundaries([*named, *texts], options.base), texts)
    for item in found:
        store.allow(item.real, item.shown)
    for env_file in options.env_files:
        store.allow(os.path.realpath(env_file), shown_path(env_file, options.base))
    return store


def _parsed(item: Found, store: FileStore, options: DiscoveryOptions) -> ParsedFile | None:
    """The file when it may be about Traefik; a file that breaks and never speaks of Traefik is passed over."""
    if options.static and item.real == os.path.realpath(os.path.join(options.base, options.static)):
        named = store.parsed(item.real)
        return named._replace(kind="static") if named is not None else None
    file = store.parsed(item.real, quick=True)
    if file is None:
        return None
    if options.strict and file.error is not None and os.path.basename(item.real) in STATIC_NAMES:
        return file._replace(kind="static")
    if file.kind == "other" and (file.templated or not _breaks_traefik(file)):
        return None
    return file


def _breaks_traefik(file: ParsedFile) -> bool:
    """Whether an unreadable file is ours to complain about: its text must clearly be Traefik's."""
    if file.error is None:
        return False
    return file.file is not None and kinds.clearly_traefik(file.file.text)


def _with_plain_compose(relevant: list[ParsedFile], found: list[Found], store: FileStore) -> list[ParsedFile]:
    """Compose files that never mention Traefik are containers on the same host all the same: those named by the
    user, and those beside a compose file that does."""
    folders = {file.folder for file in relevant if file.kind == "compose"}
    known = {file.real for file in relevant}
    extra: list[ParsedFile] = []
    for item in found:
        if item.real in known or not (item.named or os.path.dirname(item.real) in folders):
            continue
        source = store.source(item.real)
        if source is not None and kinds.may_be_compose(source.text):
            file = store.parsed(item.real)
            if file is not None and file.kind == "compose":
                extra.append(file)
    return relevant + extra


def _context(
    paths: list[str], requested: frozenset[str], store: FileStore, options: DiscoveryOptions
) -> list[ParsedFile]:
    """The other files of the repository that are about Traefik."""
    start = os.path.dirname(os.path.realpath(next((path for path in paths if path != "-"), options.base)))
    root = repository_root(start)
    if root is None:
        return []
    found, _ = find_files([root], options.base, options.exclude)
    files = (_parsed(item, store, options) for item in found[:MOST_CONTEXT])
    return [
        file for file in files if file is not None and file.kind != "other" and file.shown not in requested
    ]
