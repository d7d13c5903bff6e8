"""TL809: Traefik's image without a version: the next pull may bring a major release that reads other options."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.images import image_name
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.readers.image import is_traefik_image
from traefik_lint.runtime.types import Runtime


@check("TL809", "unpinned-traefik-image", severity="info")
def unpinned_traefik_image(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    image = traefik.image if traefik is not None else None
    if image is None or image.unknown or "@" in image.value or not is_traefik_image(image.value):
        return
    if image_name(image.value)[1] in ("", "latest", "alpine"):
        yield finding(
            image,
            f"{quoted(image.value)} is whatever is newest when it is pulled: a major release reads other options and"
            " labels",
            hint="write a version, such as traefik:v3.7",
        )
