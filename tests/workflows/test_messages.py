"""Names, ids and search attributes: what outlives a release."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.commands import Command
from rules.pack import PackRef
from workflows import messages, searching
from workflows.codec import CODEC, CONVERTER
from workflows.options import DESK, STALLED_MOST, stalled

pytestmark = pytest.mark.offline

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_the_names_in_histories_never_change() -> None:
    assert (messages.CASE, messages.COMMAND, messages.VIEW) == ("redress.case", "command", "view")
    assert (messages.TASK_QUEUE, messages.REFUSED) == ("redress", "Refused")


def test_attributes_at_the_start_say_pack_edition_kind_and_standing_and_nothing_of_the_fields() -> None:
    command = Command("1", "open", "u1", AT, {"name": "李雷"}, kind="complaint", pack=PackRef("standard", 1, "ab"))
    values = {pair.key.name: pair.value for pair in searching.at_start(command)}
    assert values == {
        "RedressPack": "standard",
        "RedressEdition": "1",
        "RedressKind": "complaint",
        "RedressStanding": "open",
    }
    assert {key.name for key in searching.KEYS} == set(values)


def test_an_attribute_is_written_only_when_it_changes() -> None:
    there = searching.at_start(Command("1", "open", "u1", AT, kind="k", pack=PackRef("standard", 1, "ab")))
    assert searching.changes(there, "open", None) == []
    assert searching.changes(there, "", None) == []
    assert [change.key.name for change in searching.changes(there, "escalated", None)] == ["RedressStanding"]
    assert [change.key.name for change in searching.changes(there, "open", PackRef("standard", 2, "cd"))] == [
        "RedressEdition"
    ]


def test_the_desk_is_asked_for_ever_and_at_least_every_five_seconds() -> None:
    policy = DESK["retry_policy"]
    assert (policy.initial_interval, policy.backoff_coefficient) == (timedelta(seconds=0.2), 2.0)
    assert (policy.maximum_interval, policy.maximum_attempts) == (timedelta(seconds=5), 0)
    assert not policy.non_retryable_error_types
    assert DESK["start_to_close_timeout"] == timedelta(seconds=10)


def test_a_clock_that_does_not_move_is_asked_again_later_each_time_and_never_later_than_the_most() -> None:
    assert [stalled(turn).total_seconds() for turn in (1, 2, 3, 4)] == [1, 2, 4, 8]
    assert stalled(10**6) == STALLED_MOST


def test_payloads_go_through_one_codec_which_is_plain_for_now() -> None:
    assert CONVERTER.payload_codec is CODEC
    assert CODEC is None
