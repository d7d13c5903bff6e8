"""TL615, TL616, TL617: files that Traefik is told of and can't see, and files that it sees and never reads.

In its container Traefik finds what the image holds and what is mounted. A provider's path that is not there stops the
file provider (S-051); a static file anywhere but in its few places is not looked for (S-002, S-003), and dynamic files
need the file provider.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator

from traefik_lint.checks.containers.settings import providers
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService, Mount
from traefik_lint.model.values import Element, Value
from traefik_lint.readers.image import is_traefik_image
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span

_PLACES = tuple(
    f"{folder}traefik.{ending}"
    for folder in ("/etc/traefik/", "/root/.config/", "/")
    for ending in ("toml", "yaml", "yml")
)
_NAMED_STATIC = re.compile(r"traefik\.(?:toml|ya?ml)")
_FILE = re.compile(r"\.(?:toml|ya?ml)$", re.IGNORECASE)
_STATIC_TEXT = re.compile(
    r"(?mi)^(?:entrypoints|providers|certificatesresolvers)\s*:|^\[(?:entrypoints|providers)\b"
)
_DYNAMIC_TEXT = re.compile(r"(?m)^(?:http|tcp|tls)\s*:|^\s*\[+(?:http|tcp|tls)\.")
_MOST_FILES = 50


@check("TL615", "file-not-mounted", severity="warning")
def file_not_mounted(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None or not _is_plain(traefik) or not traefik.mounts:
        return
    for value, effect in (*_provider_paths(runtime), *_certificates(runtime)):
        path = posixpath.normpath(posixpath.join("/", value.text))
        if not value.known or not value.text or "$" in value.text or _is_there(traefik, path):
            continue
        yield finding(
            value,
            f"nothing is mounted into {quoted(traefik.name.value)} at {quoted(path)}: {effect}",
            hint=f"mount it there, or write the path in the container ({_near(traefik, path)})",
            related=[(mount.node, "mounted here") for mount in traefik.mounts[:3]],
        )


@check("TL616", "static-file-out-of-place", severity="warning")
def static_file_out_of_place(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None or not _is_plain(traefik) or not _uses_default_places(traefik):
        return
    used = {posixpath.normpath(value.text) for value, _ in _provider_paths(runtime) if value.text}
    for mount in traefik.mounts:
        target = posixpath.normpath(mount.target) if mount.target else ""
        if (
            not _FILE.search(target)
            or target in _PLACES
            or target in used
            or posixpath.dirname(target) in used
        ):
            continue
        file = traefik.project.load_file(mount.path) if mount.path else None
        if file is None or not _STATIC_TEXT.search(file.text) or _DYNAMIC_TEXT.search(file.text):
            continue
        yield finding(
            mount.node,
            f"Traefik does not look for its static configuration at {quoted(target)}: nobody reads this file",
            hint=f"mount it at {quoted('/etc/traefik/traefik' + posixpath.splitext(target)[1])}, or add "
            f"--configFile={target}",
            related=[(traefik.name, "Traefik runs in this container")],
        )


@check("TL617", "file-provider-off", severity="warning")
def file_provider_off(runtime: Runtime) -> Iterator[Draft]:
    traefik, known = runtime.deployment.traefik, providers(runtime)
    static = runtime.deployment.static
    if traefik is None or known is None or static is None or known.others or not _is_plain(traefik):
        return
    if static.shadowed:
        return
    for mount in traefik.mounts:
        for name, text in _texts(traefik, mount):
            if not _DYNAMIC_TEXT.search(text) or _STATIC_TEXT.search(text):
                continue
            yield finding(
                _providers_place(runtime, static.source.span),
                f"no file provider is on, so Traefik never reads {quoted(name)}, which is mounted into its container",
                hint=f"switch it on: --providers.file.directory={_folder(mount)}, or in the static file providers with "
                "file: below it",
                related=[(mount.node, "mounted here")],
            )
            return


def _is_plain(traefik: ComposeService) -> bool:
    """Whether the files tell all that the container holds."""
    if traefik.is_open or traefik.image is None or not is_traefik_image(traefik.image.value):
        return False
    if any(traefik.node.get(key) is not None for key in ("build", "volumes_from", "working_dir")):
        return False
    return all(mount.target and "$" not in mount.target for mount in traefik.mounts)


def _uses_default_places(traefik: ComposeService) -> bool:
    words = [*(traefik.command or ()), *(traefik.entrypoint or ())]
    if any(word.unknown or "configfile" in word.value.lower() for word in words):
        return False
    return not any(one.key.value in ("HOME", "XDG_CONFIG_HOME") for one in traefik.environment)


def _provider_paths(runtime: Runtime) -> Iterator[tuple[Value, str]]:
    static = runtime.deployment.static
    options = static.element.element("providers", "file") if static is not None else None
    directory, filename = (
        options.value(name) if options is not None else None for name in ("directory", "filename")
    )
    value = directory if directory is not None and directory.text else filename
    if value is not None:
        yield value, "the file provider can't start, and none of its configuration is there"


def _certificates(runtime: Runtime) -> Iterator[tuple[Value, str]]:
    for file in runtime.deployment.dynamic_files:
        tls = file.decoded.element.element("tls") if file.decoded is not None else None
        pairs = tls.elements("certificates") if tls is not None else []
        for _, store in (tls.element("stores") if tls is not None else None) or ():
            default = store.element("defaultCertificate") if isinstance(store, Element) else None
            pairs += [default] if default is not None else []
        for pair in pairs:
            value = pair.value("certFile")
            if value is not None and value.text.startswith("/"):
                yield value, "Traefik can't read the certificate, and serves its default one"


def _is_there(traefik: ComposeService, path: str) -> bool:
    """Whether a mount covers a path or lies below it."""
    if path.startswith("/run/secrets/"):
        return True
    for mount in traefik.mounts:
        target = posixpath.normpath(mount.target)
        if (
            path == target
            or path.startswith(target.rstrip("/") + "/")
            or target.startswith(path.rstrip("/") + "/")
        ):
            return True
    return False


def _near(traefik: ComposeService, path: str) -> str:
    """The mount that was most likely meant."""
    base = posixpath.basename(path)
    targets = [mount.target for mount in traefik.mounts if not mount.target.endswith(".sock")]
    same = [target for target in targets if posixpath.basename(target) == base]
    return ", ".join(quoted(target) for target in (same or targets)[:3]) or "nothing but the image so far"


def _texts(traefik: ComposeService, mount: Mount) -> Iterator[tuple[str, str]]:
    """The configuration files behind a mount: their names in the container and their texts."""
    if mount.content is not None and _FILE.search(mount.target):
        yield mount.target, mount.content.value
    if not mount.path or posixpath.normpath(mount.target) in _PLACES:
        return
    names = [""] if _FILE.search(mount.path) else []
    if os.path.isdir(mount.path):
        try:
            names = sorted(name for name in os.listdir(mount.path) if _FILE.search(name))[:_MOST_FILES]
        except OSError:
            return  # a folder that we may not look into
    for name in names:
        file = traefik.project.load_file(os.path.join(mount.path, name) if name else mount.path)
        if file is not None:
            yield posixpath.join(mount.target, name) if name else mount.target, file.text


def _folder(mount: Mount) -> str:
    return posixpath.dirname(mount.target) if _FILE.search(mount.target) else mount.target


def _providers_place(runtime: Runtime, otherwise: Span) -> Span:
    static = runtime.deployment.static
    section = static.element.element("providers") if static is not None else None
    if (
        section is not None
        and section.key is not None
        and static is not None
        and static.source.kind == "file"
    ):
        return section.key.span
    return otherwise._replace(end=min(otherwise.end, otherwise.start + 1))
