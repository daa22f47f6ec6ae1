"""The product's settings, with two floors to measure it against and a count of queries."""

from qifu.config.settings import *  # noqa: F403
from qifu.config.settings import MIDDLEWARE as OWN

MIDDLEWARE = ["tests.bench.measuring.floors.BesideTheProduct", *OWN]
