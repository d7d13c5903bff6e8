"""Write `schemas/` from tables of facts about Traefik's options.

    python -m scripts.build_schemas FACTS

FACTS is a folder with `dynamic.json`, `static.json`, `crd.json`, `enums.json` and `changes.json`: every option of
every release, extracted from the struct tags and CRD markers in Traefik's source at its release tags and checked
with real binaries (known options accepted, unknown ones refused, flags compared with `traefik --help`).
`scripts/go_types.json` holds what the binary answers when an option gets an empty or a wrong value: the Go type
that its error text names. The descriptions are our own, in `scripts/option_words.txt`.

The schemas (JSON Schema, draft 2020-12) accept what Traefik accepts and refuse what it refuses or what can't have
been meant: quoted numbers are fine, a list where a text belongs is not. Each option carries an `x-traefik` object:

- `since`, `windows`: first release, and half-open ranges of releases when it is not "since then for ever"
- `deprecated`, `renamedTo`: since when, and the successor's path
- `allowEmpty`: notations in which the section may stand without content; `ignored`: notations that drop it silently
- `go`: the Go type as Traefik's error texts name it; `label`: the spelling in labels where it differs
- `in`: what is different in an older minor
- `absent` (on objects): options that this place once had, or has without any effect; not offered to editors
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, TypeAlias

from scripts.option_words import describe
from scripts.value_tables import MINORS, changes_table, enums_table

HERE = Path(__file__).parent
SCHEMAS = HERE.parent / "schemas"
HOME = "https://github.com/traefik-lint/traefik-lint"
NEWEST = MINORS[-1]

Json: TypeAlias = "dict[str, Any]"

#: One definition per kind of scalar: what Traefik's decoder takes for it in a file (R-013 … R-016, R-235).
BOOL_TEXTS = ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"]
DURATION = r"^[-+]?(0|(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+|[0-9]+)$"
FLOAT = r"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$"
#: A section needs content, and what is null counts as not written (R-233).
WRITTEN: Json = {"minProperties": 1, "not": {"type": "object", "additionalProperties": {"type": "null"}}}
INT64 = {"minimum": -(2**63), "maximum": 2**63 - 1}
SCALAR = ["string", "number", "boolean", "null"]
DEFS: Json = {
    "string": {"type": SCALAR},
    "bool": {"anyOf": [{"type": ["boolean", "null"]}, {"enum": [*BOOL_TEXTS, 0, 1]}]},
    "int": {
        "anyOf": [{"type": ["integer", "null"], **INT64}, {"type": "string", "pattern": "^[-+]?[0-9]{1,18}$"}]
    },
    "uint": {
        "anyOf": [
            {"type": ["integer", "null"], "minimum": 0, "maximum": 4294967295},
            {"type": "string", "pattern": "^[0-9]{1,9}$"},
        ]
    },
    "float": {"anyOf": [{"type": ["number", "null"]}, {"type": "string", "pattern": FLOAT}]},
    "duration": {"anyOf": [{"type": ["integer", "null"], **INT64}, {"type": "string", "pattern": DURATION}]},
    "strings": {
        "anyOf": [
            {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
            {"type": SCALAR},
        ]
    },
    "floats": {
        "anyOf": [
            {
                "type": "array",
                "items": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": FLOAT}]},
            },
            {"type": ["number", "null", "string"]},
        ]
    },
    "switch": {"anyOf": [{"type": ["object", "boolean", "null"]}, {"enum": ["true", "false", ""]}]},
    "free": True,
}
SCALAR_KINDS = {"string", "bool", "int", "uint", "float", "duration"}


def main() -> None:
    """Read the facts, write the schemas."""
    facts = Path(sys.argv[1])
    go_types = json.loads((HERE / "go_types.json").read_text(encoding="utf-8"))
    for name, title in (
        ("dynamic", "Traefik dynamic configuration"),
        ("static", "Traefik static configuration"),
    ):
        table = json.loads((facts / f"{name}.json").read_text(encoding="utf-8"))
        write(f"{name}.json", option_schema(name, title, table, go_types[name]))
    crd = json.loads((facts / "crd.json").read_text(encoding="utf-8"))
    for kind in crd["kinds"]:
        rows = [row for row in crd["rows"] if row["kind"] == kind["kind"]]
        write(f"crd/{kind['kind']}.json", crd_schema(kind, rows))
    dynamic = json.loads((facts / "dynamic.json").read_text(encoding="utf-8"))
    write("enums.json", enums_table(json.loads((facts / "enums.json").read_text(encoding="utf-8")), dynamic))
    write("changes.json", changes_table(json.loads((facts / "changes.json").read_text(encoding="utf-8"))))


def write(name: str, data: Json) -> None:
    """Write one file of `schemas/`."""
    path = SCHEMAS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


# --- static and dynamic options -------------------------------------------------------------------------------


def option_schema(name: str, title: str, table: Json, go_types: dict[str, str]) -> Json:
    """The schema of `static.json` or `dynamic.json`; unknown keys at the top are no error (R-231, S-011)."""
    rows = [dict(row) for row in table["rows"]]
    rows += [newer_row(row) for row in table.get("newer_than_tags", [])]
    rows += [dict(row) for row in table["gone_before_2_11"]]
    living = {row["path"] for row in table["rows"]}
    tree: Json = {"children": {}, "row": {"path": "", "type": "object"}}
    for row in sorted(rows, key=lambda row: row["path"].count(".")):
        if "go_name" in row:
            row["path"] = row["path"].rpartition(".")[0] + "." + lower_first(row["go_name"])
        if not row["versions"] and row["path"] in living:
            continue  # only its tag in files was another one, and Traefik compares field names
        if row["path"].rpartition(".")[2] in ("ingressName", "serviceName", "servicePort") and row.get(
            "hidden"
        ):
            continue  # internal metadata that the newest binaries call otherwise
        plant(tree, row)
    schema: Json = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{HOME}/raw/main/schemas/{name}.json",
        "title": title,
        "type": "object",
        **struct_body(tree, name, go_types, frozenset()),
        "additionalProperties": True,
        "$defs": DEFS,
    }
    return schema


def newer_row(row: Json) -> Json:
    """The row of an option that only binaries know, in the form of the others."""
    first = str(row["first_seen"])
    return {
        **row, "since": first, "versions": [NEWEST], "added_in_patch": {NEWEST: first}, "removed": None,
        "file": "accepted", "deprecated": False, "renamed_to": None, "optional_pointer": False,
        "allow_empty": {"file": False, "label": False},
    }  # fmt: skip


def lower_first(name: str) -> str:
    """A Go field's name as it is written in files."""
    return name[0].lower() + name[1:]


def plant(tree: Json, row: Json) -> None:
    """Put a row into the tree at its path; `servers[]` is the element below `servers`."""
    here = tree
    for segment in str(row["path"]).replace("[]", ".[]").split("."):
        here = here["children"].setdefault(segment, {"children": {}, "row": None})
    here["row"] = row


def struct_body(node: Json, scope: str, go_types: dict[str, str], off: frozenset[str]) -> Json:
    """The properties of a section, and those that it has no more, or not for people."""
    properties: Json = {}
    absent: Json = {}
    for name, child in sorted(node["children"].items()):
        row = child["row"]
        schema = option(child, scope, go_types, off)
        gone = NEWEST not in row["versions"] or row.get("hidden")
        (absent if gone else properties)[name] = schema
    body: Json = {"properties": properties, "additionalProperties": False}
    if absent:
        body["x-traefik"] = {"absent": absent}
    return body


def option(node: Json, scope: str, go_types: dict[str, str], off: frozenset[str]) -> Json:
    """The schema of one option; `off` are the notations in which a parent is ignored already."""
    row = node["row"]
    kind = str(row["type"])
    ignored = ignored_notations(row, go_types) - off
    schema: Json = {"description": describe(scope, row["path"])}
    empty = sorted(key for key in ("file", "label") if row["allow_empty"][key])
    if kind == "object":
        schema.update(struct_body(node, scope, go_types, off | ignored))
        if empty:
            schema = {"$ref": "#/$defs/switch", **schema}
        else:
            schema = {"type": ["object", "null"], **schema}
            if not row.get("is_entry") and "properties" in schema and not ignored & {"file"}:
                schema.update(WRITTEN)
    elif kind.startswith("map[string]"):
        schema = {"type": ["object", "null"], **schema, **WRITTEN}
        schema["additionalProperties"] = map_value(node, kind, scope, go_types, off | ignored)
    elif kind == "[]object":
        item = (
            {"type": ["object"], **struct_body(node["children"]["[]"], scope, go_types, off | ignored)}
            if "[]" in node["children"]
            else {}
        )
        schema = {"type": ["array", "null"], **schema, "items": item}
    elif kind == "[]string":
        schema = {"$ref": "#/$defs/strings", **schema}
    elif kind == "[]float":
        schema = {"$ref": "#/$defs/floats", **schema}
    elif kind == "any":
        schema = {"$ref": "#/$defs/free", **schema}
    elif kind.startswith("ext:"):
        schema = {
            "type": ["object", "null"],
            **schema,
            "minProperties": 1,
            "additionalProperties": {"$ref": "#/$defs/strings"},
        }
    else:
        schema = {"$ref": f"#/$defs/{kind}", **schema}
    if row.get("default") is not None and kind not in ("object",) and row["default"] not in ("", False, 0):
        schema["default"] = row["default"]
    if (
        row.get("default") in (False, 0)
        and row["default"] is not None
        and kind in ("bool", "int")
        and not row.get("optional_pointer")
    ):
        schema["default"] = row["default"]
    if row.get("enum"):
        schema["x-enum"] = row["enum"]
    about = about_option(row, go_types, ignored, empty)
    about.update(schema.pop("x-traefik", {}))
    if about:
        schema["x-traefik"] = about
    if row.get("deprecated") is True:
        schema["deprecated"] = True
    return schema


def map_value(node: Json, kind: str, scope: str, go_types: dict[str, str], off: frozenset[str]) -> Json:
    """What the entries of a map are."""
    element = kind.removeprefix("map[string]")
    if element == "object":
        child = node["children"].get("*", {"children": {}, "row": None})
        body = struct_body(child, scope, go_types, off)
        # a scalar where an entry belongs makes an empty entry (R-011): accepted, but hardly meant
        return {"type": ["object", "null"], **body}
    if element == "any":
        return {"$ref": "#/$defs/free"}
    return {"$ref": f"#/$defs/{element}"}


def ignored_notations(row: Json, go_types: dict[str, str]) -> frozenset[str]:
    """The notations that decode the option and drop it (R-023)."""
    found = set()
    path = str(row["path"])
    if row["file"] == "ignored":
        found.add("file")
    if row.get("label", row["file"]) == "ignored":
        found.add("label")
    if (
        row["type"] == "object"
        and not row["allow_empty"]["file"]
        and path in go_types.get("!empty-accepted", [])
    ):
        found.update(("file", "label"))
    return frozenset(found)


def about_option(row: Json, go_types: dict[str, str], ignored: frozenset[str], empty: list[str]) -> Json:
    """What `x-traefik` says of an option."""
    about: Json = {"since": row["since"]}
    windows = version_windows(row)
    if windows != [[row["since"], None]]:
        about["windows"] = windows
    if empty:
        about["allowEmpty"] = empty
    if ignored:
        about["ignored"] = sorted(ignored)
    if row.get("hidden"):
        about["internal"] = True
    if row.get("default_present"):
        about["present"] = True
    if row.get("deprecated"):
        about["deprecated"] = row.get("deprecated_since") or row["since"]
    if row.get("renamed_to"):
        about["renamedTo"] = row["renamed_to"]
    label = row.get("label_path")
    if label and label.rpartition(".")[2] == "server":
        about["label"] = "server"
    go_type = go_types.get(str(row["path"])) or (
        "ptr" if row["optional_pointer"] and row["type"] in SCALAR_GO else ""
    )
    if go_type and go_type != default_go_type(row):
        about["go"] = go_type
    older = differences(row)
    if older:
        about["in"] = older
    return about


SCALAR_GO = {
    "string": "string",
    "bool": "bool",
    "int": "int",
    "duration": "int64",
    "float": "float64",
    "uint": "uint32",
}


def default_go_type(row: Json) -> str:
    """The Go type that needs no saying: the kind's own."""
    return SCALAR_GO.get(str(row["type"]), "")


def differences(row: Json) -> Json:
    """What an older minor (its newest patch) has otherwise: type, default, allow-empty."""
    found: Json = {}
    for minor, changed in (row.get("overrides") or {}).items():
        kept = {}
        for key, value in changed.items():
            if key == "type":
                kept["type"] = value
            elif key == "default":
                kept["default"] = value
            elif key == "allow_empty":
                kept["allowEmpty"] = sorted(name for name in ("file", "label") if value[name])
            elif key == "optional_pointer" and value is False and row["type"] in SCALAR_GO:
                kept["go"] = go_types_of_older(row)
            elif key == "default_present":
                kept["present"] = value
            elif key == "deprecated" and value is False:
                pass  # told by `deprecated`, which names the release
            elif key in ("enum", "minimum", "maximum", "pattern", "required"):
                kept[key] = value
        if kept:
            found[minor] = kept
    for change in row.get("patch_history") or []:
        if "allow_empty" in change["changed"]:
            before = change["changed"]["allow_empty"][0]
            found["<" + change["at"]] = {
                "allowEmpty": sorted(name for name in ("file", "label") if before[name])
            }
        elif "default" in change["changed"]:
            minor = ".".join(change["at"].split(".")[:2])
            found["<" + change["at"]] = {"default": change["changed"]["default"][0], "only": minor}
    return found


def go_types_of_older(row: Json) -> str:
    """The Go kind of an option that was a plain value before it became a pointer."""
    return "int64" if str(row["path"]).endswith(("Seconds", "MaxAge")) else SCALAR_GO[str(row["type"])]


def version_windows(row: Json) -> list[list[str | None]]:
    """Half-open ranges of releases that have an option: `[[first, end], …]`, an end of None is "still there"."""
    since = str(row["since"])
    windows: list[list[str | None]] = []
    versions = row["versions"]
    if not versions:
        return [[since, f"{row['removed']}.0" if row.get("removed") else since]]
    added = row.get("added_in_patch") or {}
    for index, minor in enumerate(MINORS):
        if minor not in versions:
            continue
        first = added.get(minor, f"{minor}.0")
        end = f"{MINORS[index + 1]}.0" if index + 1 < len(MINORS) else None
        if windows and windows[-1][1] == first:
            windows[-1][1] = end
        else:
            windows.append([first, end])
    if windows[0][0] == "2.11.0" and numbers(since) < (2, 11, 0):
        windows[0][0] = since
    if windows[0][0] is not None and numbers(windows[0][0]) < numbers(since):
        windows[0][0] = since
    return windows


def numbers(text: str) -> tuple[int, ...]:
    """A release's numbers."""
    return tuple(int(part) for part in text.split("."))


# --- custom resource definitions ------------------------------------------------------------------------------

CRD_TYPES = {"string": "string", "boolean": "boolean", "integer": "integer", "object": "object"}


def crd_schema(kind: Json, rows: list[Json]) -> Json:
    """The schema of one kind of object, as the API server checks it (K-090, K-091)."""
    tree: Json = {"children": {}, "row": None}
    for row in sorted(rows, key=lambda row: row["path"].count(".")):
        plant(tree, row)
    name = str(kind["kind"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{HOME}/raw/main/schemas/crd/{name}.json",
        "title": f"Traefik {name}",
        "description": describe("crd", name),
        "type": "object",
        "properties": {
            "apiVersion": {"enum": ["traefik.io/v1alpha1"], "description": "API group and version of the object"},
            "kind": {"const": name, "description": describe("crd", name)},
            "metadata": {"type": "object", "description": "name, namespace, labels and annotations"},
            "spec": crd_option(name, tree["children"]["spec"]),
            "status": {"type": "object", "description": "written by the cluster"},
        },
        "required": ["apiVersion", "kind", "metadata", "spec"],
        "additionalProperties": False,
        "x-traefik": {
            "since": kind["since"], "plural": kind["plural"],
            "in": {"2.11": {"apiVersion": ["traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"]}},
        },
    }  # fmt: skip


def crd_option(kind: str, node: Json) -> Json:
    """The schema of one field of an object."""
    row = node["row"]
    type_ = str(row["type"])
    schema: Json = {"description": describe("crd", f"{kind}.{row['path']}")}
    if type_ == "object":
        schema = {"type": "object", **schema, **crd_struct(kind, node)}
    elif type_ == "[]object":
        schema = {
            "type": "array",
            **schema,
            "items": {"type": "object", **crd_struct(kind, node["children"]["[]"])},
        }
    elif type_ == "[]string":
        schema = {"type": "array", **schema, "items": crd_item(node["children"].get("[]"))}
    elif type_ == "map[string]any":
        schema = {"type": "object", **schema, "additionalProperties": True, "x-free": True}
    elif type_.startswith("map[string]"):
        schema = {
            "type": "object",
            **schema,
            "additionalProperties": {"type": CRD_TYPES[type_.removeprefix("map[string]")]},
        }
    elif type_ == "int-or-string":
        schema = {"type": ["integer", "string"], **schema}
    else:
        schema = {"type": CRD_TYPES[type_], **schema}
    for key in ("enum", "pattern", "minimum", "maximum", "default"):
        if row.get(key) is not None:
            schema[key] = row[key]
    if row.get("cel_rules"):
        schema["pattern"] = "^/"
    about: Json = {"since": row["since"]}
    windows = version_windows(row)
    if windows != [[row["since"], None]]:
        about["windows"] = windows
    if row.get("deprecated"):
        about["deprecated"] = row.get("deprecated_since") or row["since"]
        schema["deprecated"] = True
    older = differences(row)
    if row.get("cel_rules"):
        older.update({minor: {"pattern": None} for minor in MINORS[:5]})
    if older:
        about["in"] = older
    schema["x-traefik"] = about
    return schema


def crd_item(node: Json | None) -> Json:
    """What the items of a list of texts must look like: a pattern, since some release."""
    item: Json = {"type": "string"}
    if node is not None and node["row"].get("pattern"):
        item["pattern"] = node["row"]["pattern"]
        before = [minor for minor in MINORS if minor not in node["row"]["versions"]]
        item["x-traefik"] = {"in": {minor: {"pattern": None} for minor in before}}
    return item


def crd_struct(kind: str, node: Json) -> Json:
    """The fields of one section of an object."""
    children = sorted(node["children"].items())
    body: Json = {"properties": {name: crd_option(kind, child) for name, child in children}}
    required = [name for name, child in children if child["row"]["required"]]
    if required:
        body["required"] = required
    body["additionalProperties"] = False
    return body


if __name__ == "__main__":
    main()
