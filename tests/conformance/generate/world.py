"""A random world as one tree, so that it can be shrunk, and the case that it makes."""

from __future__ import annotations

import json
from typing import TypeAlias

import yaml

from tests.conformance.harness.case import Case
from tests.conformance.harness.jsontypes import Json, Object, mapping, sequence, text

#: `static` (a tree), `flags` (whether it is written as flags), `files` (trees by name), `services` (trees by
#: name), `networks`, `manifests` (a list).
World: TypeAlias = Object


def case_of(name: str, world: World) -> Case:
    """Return the case that a world makes."""
    flags = world.get("flags")
    return Case(
        name,
        static="" if flags else as_yaml(world["static"]),
        flags=tuple(flag.replace("--.", "--", 1) for flag in flat(world["static"], "--")) if flags else (),
        files={
            file: as_toml(tree) if file.lower().endswith("toml") else as_yaml(tree)
            for file, tree in mapping(world.get("files")).items()
        },
        compose=_compose(world) if world.get("services") else "",
        manifests=yaml.dump_all(sequence(world.get("manifests")), Dumper=_Dumper, sort_keys=False),
    )


class _Dumper(yaml.SafeDumper):
    """Writes every text that Go or PyYAML could read as something else in quotes."""

    def ignore_aliases(self, data: object) -> bool:
        """Write every value where it stands."""
        return True


def as_yaml(tree: Json) -> str:
    """Return a tree as YAML."""
    if isinstance(tree, str):
        return tree
    return yaml.dump(tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=200)


def as_toml(tree: Json) -> str:
    """Return a tree as TOML: root keys with inline values."""
    if isinstance(tree, str):
        return tree
    return "".join(
        f"{json.dumps(key)} = {_inline(value)}\n" for key, value in mapping(tree).items() if value is not None
    )


def flat(tree: Json, prefix: str) -> list[str]:
    """Return the leaves of a tree as labels."""
    if isinstance(tree, dict):
        return [label for key, value in tree.items() for label in flat(value, f"{prefix}.{key}")] or [
            prefix + "=true"
        ]
    if isinstance(tree, list) and tree and isinstance(tree[0], dict):
        return [label for number, value in enumerate(tree) for label in flat(value, f"{prefix}[{number}]")]
    if isinstance(tree, list):
        return [f"{prefix}={','.join(str(each) for each in tree)}"]
    if isinstance(tree, bool):
        return [f"{prefix}={str(tree).lower()}"]
    return [f"{prefix}={'' if tree is None else tree}"]


def _inline(value: Json) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(
                f"{json.dumps(key, ensure_ascii=False)} = {_inline(each)}"
                for key, each in value.items()
                if each is not None
            )
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_inline(each) for each in value if each is not None) + "]"
    return json.dumps(value, ensure_ascii=False)


def _compose(world: World) -> str:
    services: Object = {
        name: _service(mapping(service)) for name, service in mapping(world["services"]).items()
    }
    body: Object = {"services": services}
    if world.get("networks"):
        body["networks"] = world["networks"]
    return "name: shop\n" + as_yaml(body)


def _service(service: Object) -> Object:
    """Return a compose service; `labels` and `deploy.labels` are lists of `key=value`, written as the list form."""
    done = dict(service)
    done["image"] = text(service.get("image")) or "example/image:1"
    if "labels" in done:
        done["labels"] = [str(label).replace("$", "$$") for label in sequence(done["labels"])]
    deploy = mapping(done.get("deploy"))
    if "labels" in deploy:
        done["deploy"] = {
            **deploy,
            "labels": [str(label).replace("$", "$$") for label in sequence(deploy["labels"])],
        }
    return done
