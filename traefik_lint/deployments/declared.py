"""A deployment that the user declared: everything among the given files belongs to one Traefik."""

from __future__ import annotations

from traefik_lint.model.deployment import Deployment
from traefik_lint.readers.dynamic_file import read_dynamic


def joined(deployments: list[Deployment], name: str) -> list[Deployment]:
    """One deployment made of all that were found, under the user's name; none when nothing was found.

    The Traefik is that of the first deployment that has a static configuration, else of the first that runs one.
    What the others hold is added to it; dynamic files among them are what its file provider reads.
    """
    if not deployments:
        return []
    main = min(deployments, key=_distance)
    main.name = name
    for other in deployments:
        if other is not main:
            _add(main, other)
    if main.dynamic_files and not any(file.open for file in main.dynamic_files):
        main.open.discard("file")
    return [main]


def _distance(deployment: Deployment) -> int:
    if deployment.static is not None:
        return 0
    return 1 if deployment.traefik is not None or deployment.workload is not None else 2


def _add(main: Deployment, other: Deployment) -> None:
    read = {file.file.real for file in main.dynamic_files}
    main.dynamic_files += [
        read_dynamic(file.file, main.version) for file in other.dynamic_files if file.file.real not in read
    ]
    known = {id(part) for part in (*main.projects, *main.objects, *main.files)}
    main.projects += [project for project in other.projects if id(project) not in known]
    main.objects += [found for found in other.objects if id(found) not in known]
    main.files += [file for file in other.files if id(file) not in known]
