"""Random worlds and cases by provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.conformance.harness.case import Case
from tests.conformance.harness.jsontypes import Json, Object

from . import dynamic, ingress, kubernetes, labels
from .dice import Dice
from .static import static
from .world import World, case_of

#: Cases that share one static configuration, where that saves a start, and where each case has its own anyway.
_BATCH = 25
_SMALL_BATCH = 4


def _files(dice: Dice, low: int, high: int) -> Object:
    names = ("a.yml", "b.yaml", "sub/c.yml", "D.toml", "e.YML")
    return {name: dynamic.document(dice) for name in dice.some(names, low, high)}


def _file(dice: Dice) -> World:
    return {"files": {"shop.yml": dynamic.document(dice)}}


def _directory(dice: Dice) -> World:
    return {"files": _files(dice, 1, 3)}


def _docker(dice: Dice) -> World:
    services = labels.containers(dice)
    return {"services": services, "networks": labels.networks(services)}


def _docker_and_file(dice: Dice) -> World:
    return {**_docker(dice), "files": _files(dice, 1, 1)}


def _swarm(dice: Dice) -> World:
    return {"services": labels.stack(dice)}


def _crd(dice: Dice) -> World:
    objects: list[Json] = kubernetes.crd_objects(dice)
    return {"manifests": objects}


def _ingress(dice: Dice) -> World:
    return {"manifests": ingress.ingresses(dice)}


def _kubernetes(dice: Dice) -> World:
    return {
        "manifests": [*kubernetes.crd_objects(dice), *ingress.ingresses(dice)],
        "files": _files(dice, 1, 1),
    }


#: What is drawn for each provider, and which providers the static configuration then has.
PROVIDERS: dict[str, tuple[Callable[[Dice], World], tuple[str, ...]]] = {
    "file": (_file, ("file",)),
    "directory": (_directory, ("file",)),
    "docker": (_docker, ("docker",)),
    "docker-and-file": (_docker_and_file, ("docker", "file")),
    "swarm": (_swarm, ("swarm",)),
    "kubernetes-crd": (_crd, ("kubernetesCRD",)),
    "ingress": (_ingress, ("kubernetesIngress",)),
    "kubernetes": (_kubernetes, ("kubernetesCRD", "kubernetesIngress", "file")),
}


def world_of(seed: int, number: int, provider: str) -> World:
    """Return the random world with this number; the same for the same seed, whatever the count."""
    draw, names = PROVIDERS[provider]
    batch = _SMALL_BATCH if names[0].startswith("kubernetes") else _BATCH
    shared = static(Dice(f"{seed} {provider} {number // batch}"), *names, directory=provider != "file")
    flags = Dice(f"{seed} {provider} {number // batch} notation").chance(0.25)
    world = {"static": shared, **draw(Dice(f"{seed} {provider} {number} contents"))}
    return {**world, "flags": 1} if flags else world


def random_cases(seed: int, count: int, provider: str) -> Iterator[Case]:
    """Yield random cases of a provider, in batches with one static configuration."""
    for number in range(count):
        yield case_of(f"{provider}-{seed}-{number}", world_of(seed, number, provider))
