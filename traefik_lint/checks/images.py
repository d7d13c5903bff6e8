"""What well-known images listen on: only facts that their own documentation and Dockerfiles state.

An image that is not listed is unknown, and nothing is concluded from it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from traefik_lint.source.tree import Scalar


class Image(NamedTuple):
    """``exposed`` are the ports of its EXPOSE lines, tcp and udp alike; ``web`` is where people's browsers go.

    ``web`` is 0 for an image that speaks no HTTP at all, and None where that is a matter of its settings.
    ``tls`` are the ports that speak TLS only.
    """

    exposed: tuple[int, ...]
    web: int | None
    tls: tuple[int, ...] = ()


#: By name without registry, tag and ``library/``.
_IMAGES: dict[str, Image] = {
    # Several ports, of which the lowest is not the web's.
    "adguard/adguardhome": Image((53, 67, 68, 80, 443, 853, 3000), 80),
    "apache/activemq-classic": Image((1883, 5672, 8161, 61613, 61614, 61616), 8161),
    "axllent/mailpit": Image((1025, 1110, 8025), 8025),
    "consul": Image((8300, 8301, 8302, 8500, 8600), 8500),
    "couchdb": Image((4369, 5984, 9100), 5984),
    "emqx/emqx": Image((1883, 4370, 5369, 8083, 8084, 8883, 18083), 18083),
    "forgejo/forgejo": Image((22, 3000), 3000),
    "gitea/gitea": Image((22, 3000), 3000),
    "gitlab/gitlab-ce": Image((22, 80, 443), 80),
    "gitlab/gitlab-ee": Image((22, 80, 443), 80),
    "gogs/gogs": Image((22, 3000), 3000),
    "hashicorp/consul": Image((8300, 8301, 8302, 8500, 8600), 8500),
    "jacobalberty/unifi": Image((3478, 6789, 8080, 8443, 8843, 8880, 10001), 8443, (8443, 8843)),
    "linuxserver/qbittorrent": Image((6881, 8080), 8080),
    "mailhog/mailhog": Image((1025, 8025), 8025),
    "maildev/maildev": Image((1025, 1080), 1080),
    "neo4j": Image((7473, 7474, 7687), 7474, (7473,)),
    "pihole/pihole": Image((53, 67, 80), 80),
    "plexinc/pms-docker": Image((1900, 8324, 32400, 32410, 32412, 32413, 32414, 32469), 32400),
    "portainer/portainer": Image((8000, 9000, 9443), 9000, (9443,)),
    "portainer/portainer-ce": Image((8000, 9000, 9443), 9000, (9443,)),
    "portainer/portainer-ee": Image((8000, 9000, 9443), 9000, (9443,)),
    "schickling/mailcatcher": Image((1025, 1080), 1080),
    "selenium/hub": Image((4442, 4443, 4444), 4444),
    "technitium/dns-server": Image((53, 67, 80, 443, 538, 853, 5380, 8053, 53443), 5380),
    # One port, or the lowest is the right one.
    "adminer": Image((8080,), 8080),
    "amir20/dozzle": Image((8080,), 8080),
    "authelia/authelia": Image((9091,), 9091),
    "caddy": Image((80, 443, 2019), 80),
    "containous/whoami": Image((80,), 80),
    "deluan/navidrome": Image((4533,), 4533),
    "dpage/pgadmin4": Image((80, 443), 80),
    "filebrowser/filebrowser": Image((80,), 80),
    "ghost": Image((2368,), 2368),
    "grafana/grafana": Image((3000,), 3000),
    "grafana/grafana-oss": Image((3000,), 3000),
    "httpd": Image((80,), 80),
    "influxdb": Image((8086,), 8086),
    "jgraph/drawio": Image((8080, 8443), 8080, (8443,)),
    "jellyfin/jellyfin": Image((8096,), 8096),
    "jenkins/jenkins": Image((8080, 50000), 8080),
    "keycloak/keycloak": Image((8080, 8443, 9000), 8080, (8443,)),
    "kibana": Image((5601,), 5601),
    "louislam/uptime-kuma": Image((3001,), 3001),
    "metabase/metabase": Image((3000,), 3000),
    "miniflux/miniflux": Image((8080,), 8080),
    "mongo-express": Image((8081,), 8081),
    "n8nio/n8n": Image((5678,), 5678),
    "netdata/netdata": Image((19999,), 19999),
    "nextcloud": Image((80,), 80),
    "nginx": Image((80,), 80),
    "nginxdemos/hello": Image((80,), 80),
    "nodered/node-red": Image((1880,), 1880),
    "phpmyadmin": Image((80,), 80),
    "phpmyadmin/phpmyadmin": Image((80,), 80),
    "prom/alertmanager": Image((9093,), 9093),
    "prom/prometheus": Image((9090,), 9090),
    "registry": Image((5000,), None),
    "sonarqube": Image((9000,), 9000),
    "sonatype/nexus3": Image((8081,), 8081),
    "tomcat": Image((8080,), 8080),
    "traefik/whoami": Image((80,), 80),
    "vaultwarden/server": Image((80,), 80),
    "vectorim/element-web": Image((80,), 80),
    "wordpress": Image((80,), 80),
    # No HTTP.
    "eclipse-mosquitto": Image((1883,), None),
    "mariadb": Image((3306,), 0),
    "memcached": Image((11211,), 0),
    "mongo": Image((27017,), 0),
    "mysql": Image((3306, 33060), 0),
    "postgres": Image((5432,), 0),
    "redis": Image((6379,), 0),
    # Nothing exposed.
    "alpine": Image((), None),
    "busybox": Image((), None),
    "debian": Image((), None),
    "eclipse-temurin": Image((), None),
    "golang": Image((), None),
    "node": Image((), None),
    "openjdk": Image((), None),
    "python": Image((), None),
    "ruby": Image((), None),
    "rust": Image((), None),
    "ubuntu": Image((), None),
}
#: Tags with ports of their own.
_RABBIT = Image((4369, 5671, 5672, 15671, 15672, 15691, 15692, 25672), 15672)
_FASTCGI = frozenset(("nextcloud", "wordpress", "phpmyadmin", "phpmyadmin/phpmyadmin", "php"))
_REGISTRIES = re.compile(
    r"^(?:docker\.io|registry-1\.docker\.io|index\.docker\.io|lscr\.io|ghcr\.io|quay\.io)/"
)

#: Images without a shell or any tool.
_BARE = (
    "traefik/whoami",
    "containous/whoami",
    "portainer/portainer",
    "portainer/portainer-ce",
    "hello-world",
)
#: Official images whose slim and alpine variants come without curl (nginx and php bring it along).
_PLAIN = frozenset((
    "alpine", "busybox", "debian", "golang", "httpd", "memcached", "node", "python", "redis", "ruby", "ubuntu",
))  # fmt: skip


def known_image(image: Scalar | None) -> Image | None:
    """What is known of an image, None when nothing is (also for a name with an unset variable)."""
    return None if image is None or image.unknown else image_named(image.value)


def image_named(text: str) -> Image | None:
    """What is known of the image with this name and tag."""
    name, tag = image_name(text)
    if name == "rabbitmq":
        return _RABBIT if "management" in tag else Image(_RABBIT.exposed, 0)
    if name in _FASTCGI and "fpm" in tag:
        return Image((9000,), 0)
    if name == "php":
        return Image((80,), 80) if "apache" in tag else None
    if name == "gitea/gitea" and "rootless" in tag:
        return Image((2222, 3000), 3000)
    return _IMAGES.get(name)


def image_name(text: str) -> tuple[str, str]:
    """Name and tag of an image, without the registries that hold the same images."""
    rest = _REGISTRIES.sub("", text.strip().partition("@")[0].lower())
    head, colon, tag = rest.rpartition(":")
    if not colon or "/" in tag:
        head, tag = rest, ""
    head = head.removeprefix("codeberg.org/").removeprefix("code.forgejo.org/").removeprefix("library/")
    return head, tag


def lacks_tool(image: Scalar | None, tool: str) -> bool:
    """Whether an image is known to come without ``curl`` or ``wget`` (or any shell)."""
    if image is None or image.unknown:
        return False
    name, tag = image_name(image.value)
    if (name in _BARE and "alpine" not in tag) or name.startswith("gcr.io/distroless/"):
        return True
    if name not in _PLAIN:
        return False
    is_alpine = "alpine" in tag or name in ("alpine", "busybox")
    if tool == "wget":
        return not is_alpine and (
            name in ("debian", "ubuntu", "httpd", "redis", "memcached") or "slim" in tag
        )
    if tool == "curl":
        return is_alpine or name in ("debian", "ubuntu", "httpd", "redis", "memcached") or "slim" in tag
    return False
