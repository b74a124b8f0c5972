"""Tables as an answer that Excel opens in Japanese."""

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from django.http import HttpResponse

from .writing import write_csv
