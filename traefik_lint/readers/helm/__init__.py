"""The Traefik chart: where its values stand, and the command line that it makes of them."""

from traefik_lint.readers.helm.chart import ChartValues as ChartValues
from traefik_lint.readers.helm.chart import read_values as read_values
from traefik_lint.readers.helm.eras import Era as Era
from traefik_lint.readers.helm.eras import era_of as era_of
from traefik_lint.readers.helm.releases import Release as Release
from traefik_lint.readers.helm.releases import chart_releases as chart_releases
from traefik_lint.readers.helm.releases import release_of_values as release_of_values
