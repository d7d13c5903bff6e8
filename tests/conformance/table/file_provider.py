"""R-230 to R-241: dynamic files."""

from __future__ import annotations

from tests.conformance.harness.case import Case
from tests.conformance.worlds import API, POINTS, SERVICE, file_case, files_case

GOOD = f"http: {{routers: {{r: {{rule: Host(`a.shop`), service: pots}}}}, {SERVICE}}}\n"


def keys(name: str, more: str) -> Case:
    """Return a case of one router with further keys."""
    return file_case(
        name, f"http:\n  routers: {{r: {{rule: Host(`a.shop`), service: pots, {more}}}}}\n  {SERVICE}\n"
    )


def provider(name: str, options: str, **files: str) -> Case:
    """Return a case with options of the file provider; `__` in a file's name stands for its dot."""
    return Case(
        name,
        static=f"{POINTS}{API}providers: {{file: {{{options}}}}}\n",
        files={key.replace("__", "."): text for key, text in files.items()},
    )


CASES: tuple[Case, ...] = (
    files_case("R-230a", {"a.yml": GOOD, "b.yml": "http: {routers: {x: {rul: y}}}\n"}),
    files_case("R-230b", {"a.yml": GOOD, "b.yml": "http: [unclosed\n"}),
    keys("R-231a", "entrypoint: web"),
    file_case("R-231b", "nope: {}\n" + GOOD),
    file_case("R-231c", "htpp: {routers: {}}\n"),
    file_case("R-231d", GOOD.replace("http:", "HTTP:")),
    keys("R-232a", "PRIORITY: 7, EntryPoints: [web]"),
    keys("R-232b", "priority: 1, Priority: 2"),
    file_case("R-232c", f"http:\n  routers: {{}}\n  routers: {{}}\n  {SERVICE}\n"),
    file_case(
        "R-232d",
        f"http: {{routers: {{r: {{rule: Path(`/a`), service: pots}}, R: {{rule: Path(`/b`), service: pots}}}}, {SERVICE}}}",  # noqa: E501
    ),
    file_case("R-233a", "http: {}\n"),
    file_case("R-233b", "http: {routers: {}}\n"),
    file_case(
        "R-233c", f"http: {{routers: {{r: {{rule: Path(`/a`), service: pots}}}}, middlewares: , {SERVICE}}}\n"
    ),
    file_case("R-233d", ""),
    file_case("R-233e", "# nothing yet\n"),
    file_case("R-233f", "http:\n"),
    file_case("R-233g", f"http: {{routers: {{r: , s: {{rule: Path(`/`), service: pots}}}}, {SERVICE}}}\n"),
    keys("R-234a", "tls: true"),
    keys("R-234b", "tls: {}"),
    keys("R-234c", "tls: "),
    keys("R-234d", "tls: false"),
    keys("R-234e", "tls: 'yes'"),
    keys("R-235a", "priority: '7'"),
    keys("R-235b", "priority: 7.5"),
    keys("R-235c", "entryPoints: 'web,websecure'"),
    keys("R-235d", "entryPoints: web"),
    keys("R-235e", "tls: {domains: [a.shop]}"),
    keys("R-235f", "tls: {domains: {main: a.shop}}"),
    keys("R-235g", "middlewares: {a: b}"),
    keys("R-235h", "priority: 0x10"),
    keys("R-235i", "priority: 1e2"),
    keys("R-235j", "priority: 0o17"),
    keys("R-235k", "priority: [1]"),
    keys("R-235l", "priority: true"),
    keys("R-235m", "observability: {metrics: yes}"),
    keys("R-235n", "entryPoints: [1, true]"),
    keys("R-235o", "priority: 010"),
    file_case("R-236a", '{{ $host := "a.shop" }}' + GOOD.replace("a.shop", "{{ $host }}")),
    file_case("R-236b", "http: {routers: {r: {rule: '{{ nope }}'}}}\n"),
    file_case(
        "R-236c",
        "http:\n  routers:\n{{ range $i := until 3 }}    r{{ $i }}: {rule: Path(`/{{ $i }}`), service: pots}\n{{ end }}  "  # noqa: E501
        f"{SERVICE}\n",
    ),
    file_case("R-236d", GOOD.replace("a.shop", '{{ "A Shop" | lower | replace " " "." }}')),
    file_case("R-236f", GOOD.replace("a.shop", '{{ normalize "a_b.c" }}')),
    file_case("R-236g", GOOD.replace("a.shop", "{{ .Nope }}")),
    files_case("R-236i", {"a.yml": GOOD, "b.yml": '{{ $key := "http: [" }}{{ $key }}'}),
    files_case("R-236j", {"a.yml": GOOD, "b.yml": "http: {routers: {x: {rule: '{{ join . }}'}}}"}),
    file_case("R-236h", GOOD + "{{ end }}"),
    files_case(
        "R-237a",
        {
            "a.YML": GOOD,
            "b.json": '{"http": {"routers": {"j": {"rule": "Path(`/`)"}}}}',
            "c.txt": "x",
            ".hidden.yml": "http: {middlewares: {h: {addPrefix: {prefix: /h}}}}\n",
            "deep/er/d.Toml": "[http.middlewares.t.addPrefix]\nprefix='/t'\n",
        },
    ),
    provider("R-238a", "filename: /etc/traefik/dynamic/shop.conf, watch: true", shop__conf=GOOD),
    provider("R-238b", "filename: /etc/traefik/dynamic/none.yml, watch: true", shop__yml=GOOD),
    provider("R-238c", "directory: /etc/traefik/nowhere, watch: true", shop__yml=GOOD),
    provider(
        "R-238d", "filename: /etc/traefik/dynamic/none.yml, directory: /etc/traefik/dynamic", shop__yml=GOOD
    ),
    provider("R-238e", "", shop__yml=GOOD),
    provider(
        "R-239a",
        "filename: /etc/traefik/dynamic/shop.toml",
        shop__toml="[http.routers.r]\nrule = 'Host(`a.shop`)'\nservice = 'pots'\nentryPoints = ['web']\n[http.routers.r.tls]\n"  # noqa: E501
        "[[http.services.pots.loadBalancer.servers]]\nurl = 'http://pots'\n",
    ),
    provider("R-239b", "filename: /etc/traefik/dynamic/shop.toml", shop__toml="[http.routers]\n"),
    provider("R-239c", "filename: /etc/traefik/dynamic/shop.toml", shop__toml="[http.routers.r]\nrule = \n"),
    file_case("R-241", "entryPoints: {web: {address: ':80'}}\n" + GOOD),
    file_case("R-230c", "- http\n"),
    file_case("R-230d", "just text\n"),
    file_case("R-230e", "http: [a]\n"),
    file_case("R-230f", "http: {routers: [{rule: Path(`/`)}]}\n"),
    file_case("R-230g", "http: {routers: {r: text}}\n"),
    file_case("R-230h", "http: {routers: {r: [a, b]}}\n"),
    file_case(
        "R-230i",
        "x: &svc {rule: Path(`/a`), service: pots}\nhttp:\n  routers: {a: *svc, b: {<<: *svc, priority: 3}}\n  "
        + SERVICE
        + "\n",
    ),
    file_case("R-230j", GOOD + "---\nhttp: {routers: {second: {rule: Path(`/2`), service: pots}}}\n"),
    file_case("R-235p", "http: {services: {s: {loadBalancer: {servers: {url: 'http://x'}}}}}\n"),
    file_case("R-235q", "http: {services: {s: {loadBalancer: {servers: 'http://x'}}}}\n"),
    file_case(
        "R-235r",
        "http: {middlewares: {m: {headers: {customRequestHeaders: {X-N: 1, X-B: true, X-F: 1.50}}}}}\n",
    ),
    file_case("R-235s", "http: {middlewares: {m: {headers: {customRequestHeaders: [a]}}}}\n"),
)
