"""Support that is no place stands in the plan, beside the places."""

from datetime import date
from uuid import uuid4

import pytest

from matching.actions.supports import add_support, end_support
from matching.models import PlanSupport
from matching.refusals import NoPlan, NotPossible
from matching.today import diary_of
from tests.matching.cast import TODAY, Cast


def test_it_needs_a_plan(cast: Cast) -> None:
    with pytest.raises(NoPlan):
        add_support(
            client=cast.a_client(), kind="watching", who="隣の人", from_on=TODAY, form_key=uuid4(), by=cast.sakura
        )


def test_the_same_form_adds_once_and_it_is_looked_at_again_on_its_day(cast: Cast) -> None:
    client, key = cast.a_client(), uuid4()
    cast.a_plan(client)
    for _press in range(2):
        row = add_support(
            client=client, kind="at_home", who="訪問の会", from_on=date(2026, 11, 1), until_on=TODAY, form_key=key,
            by=cast.sakura,
        )  # fmt: skip
    assert PlanSupport.objects.get().get_kind_words() == "家に来てもらう"
    assert [item.kind for item in diary_of(cast.sakura, on=TODAY).today] == ["support"]
    end_support(support=row, on=TODAY, words="通えるようになった", by=cast.sakura)
    assert not diary_of(cast.sakura, on=TODAY).today


def test_it_ends_after_it_begins(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_plan(client)
    row = add_support(client=client, kind="escort", who="友の会", from_on=TODAY, form_key=uuid4(), by=cast.sakura)
    with pytest.raises(NotPossible):
        end_support(support=row, on=date(2026, 11, 1), by=cast.sakura)
