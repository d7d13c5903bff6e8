from __future__ import annotations

import pytest

from traefik_lint.findings.pages import read_page

PAGE = """\
---
id: TL201
name: undefined-entry-point
since: 0.1.0
category: entry points and redirects
references: S-011
---
# A router names an entry point that does not exist

## What it finds
Routers that name
an entry point.

More of it.

## What Traefik does
It says nothing (`S-011`).

## Bad
```yaml title="compose.yml"
# ## not a heading
a: wbe # ← TL201
b: x   # ← TL201, TL202
```

```yaml title="traefik.yml"
web: 80
```

### As a flag
````yaml title="flags.yml"
```
- --x=wbe # ← TL201
````

```yaml
untitled: shown only
```

## Good
```toml title="traefik.toml"
web = 80
```

## When to silence it
Never.
"""


def test_page() -> None:
    page = read_page(PAGE, "rules/x.md")
    assert (page.id, page.name, page.fields["since"]) == ("TL201", "undefined-entry-point", "0.1.0")
    assert page.title == "A router names an entry point that does not exist"
    assert page.summary == "Routers that name an entry point."
    assert list(page.sections()) == [
        "What it finds",
        "What Traefik does",
        "Bad",
        "Good",
        "When to silence it",
    ]


def test_examples() -> None:
    bad, flag, good = read_page(PAGE, "rules/x.md").examples()
    assert (bad.heading, flag.heading, good.heading) == ("", "As a flag", "")
    assert (bad.is_good, flag.is_good, good.is_good) == (False, False, True)
    assert [file.path for file in bad.files] == ["compose.yml", "traefik.yml"]
    assert bad.files[0].text == "# ## not a heading\na: wbe\nb: x\n"
    assert bad.files[0].marks == ((2, "TL201"), (3, "TL201"), (3, "TL202"))
    assert flag.files[0].text == "```\n- --x=wbe\n"
    assert flag.files[0].marks == ((2, "TL201"),)
    assert [file.path for file in good.files] == ["traefik.toml"]


@pytest.mark.parametrize("text", ["# no front matter\n", "---\nid: TL1\n---\n# x\n", "---\n- id\n---\n# x\n"])
def test_a_page_without_its_front_matter_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"rules/x\.md"):
        read_page(text, "rules/x.md")
