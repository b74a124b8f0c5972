"""Every page of a host, found by walking: axe-core and the HTML checker find nothing, everything can be pressed by a
thumb, nothing sticks out."""

from collections.abc import Callable

import pytest

from tests.demo_town import Town, Visitor

from .conftest import faults
from .gathering import gather
from .nu import errors_of

pytestmark = pytest.mark.browser
LOOKS = 3


@pytest.mark.parametrize("width", (360, 1280))
def test_the_pages_of_a_host(demo: Town, visit: Callable[..., Visitor], width: int) -> None:
    host = visit(width=width)
    demo.sign_in_host(host.page, "tsumugi@example.jp", at=demo.everything)
    pages = gather(host.page, demo.everything, "/host/")
    assert not pages.refused
    wrong: list[str] = []
    sent: dict[str, bytes] = {}
    for address in pages.some(LOOKS):
        answer = host.page.goto(demo.everything + address)
        assert answer is not None
        sent[address] = answer.body()
        wrong += [f"{address}: {fault}" for fault in faults(host.page)]
    wrong += [*host.complaints, *errors_of(sent)]
    assert not wrong, "\n".join(wrong)
    assert {"host_home", "host_place"} <= set(pages.by_name)
    assert len(pages.by_name) >= 5, pages.by_name
