"""The fifteen causes of a factory's complaints, ML-4.1 to ML-4.15."""

from typing import Any

import pytest

from tests.rules.packs.manufacturing_loss.stories import PACK, accepted, caused
from tests.rules.packs.playing import for_clause, shipped

pytestmark = pytest.mark.pure

#: Each item of article 4: clause, cause, and what has to be said with it.
ITEMS: dict[str, tuple[str, dict[str, Any]]] = {
    "ML-4.1": ("voucher_error", {}),
    "ML-4.2": ("financial_error", {}),
    "ML-4.3": ("off_specification", {}),
    "ML-4.4": ("rejects_mixed_in", {"quantity_affected": "3"}),
    "ML-4.5": ("over_delivery", {"consent_on_file": False}),
    "ML-4.6": ("materials_reduced", {"reduced_what": "配方由12減為10"}),
    "ML-4.7": ("demand_not_passed_on", {}),
    "ML-4.8": ("order_misrecorded", {}),
    "ML-4.9": ("late_delivery", {"delay_days": "5"}),
    "ML-4.10": ("loading_error", {}),
    "ML-4.11": ("delivery_note_error", {}),
    "ML-4.12": ("improper_storage", {}),
    "ML-4.13": ("wrong_marking", {}),
    "ML-4.14": ("inspection_mismatch", {}),
    "ML-4.15": ("other_cause", {"cause_text": "包裝設計不當"}),
}


@for_clause(*ITEMS)
def test_each_item_of_the_list_is_a_cause_with_what_it_asks_for(clause: str) -> None:
    cause, asked = ITEMS[clause]
    play = accepted()
    if asked:
        assert play.do("name_cause", "manufacturing", "2025-07-01T08:30", cause=cause, verified=True) == "fields_wrong"
        assert play.missing() == set(asked)
    play.did("name_cause", "manufacturing", "2025-07-01T08:40", cause=cause, verified=True, **asked)
    assert play.state.classes["cause"] == cause
    rows = {row.gives: row.clause for row in shipped(PACK).file.class_["cause"].rows}
    assert (rows[cause], len(rows)) == ((clause,), 15)


@for_clause("ML-4.4", "ML-4.9")
def test_a_quantity_and_a_delay_are_at_least_one(clause: str) -> None:
    cause, asked = ITEMS[clause]
    (field,) = asked
    play = accepted()
    for value, code in (("0", "fields_wrong"), ("1", "")):
        fields: dict[str, Any] = {"cause": cause, "verified": True, field: value}
        assert play.do("name_cause", "manufacturing", "2025-07-01T08:30", **fields) == code


@for_clause("ML-4.5")
def test_a_consent_of_the_customer_is_no_cause(clause: str) -> None:
    play = accepted()
    fields: dict[str, Any] = {"cause": "over_delivery", "verified": True, "consent_on_file": True}
    assert play.do("name_cause", "manufacturing", "2025-07-01T08:30", **fields) == "gate_closed"
    assert play.refused("gate_closed", clause)
    fields |= {"cause": "loading_error"}
    assert play.do("name_cause", "manufacturing", "2025-07-01T08:31", **fields) == ""


@for_clause("ML-4.2", "ML-4.7", "ML-4.12")
def test_the_department_that_usually_answers_for_a_cause_is_told(clause: str) -> None:
    told = {"ML-4.2": "finance", "ML-4.7": "sales", "ML-4.12": "warehouse"}
    play = caused(cause=ITEMS[clause][0])
    assert [message["to"] for message in play.messages] == [told[clause]]
    assert play.cites(clause, "notified")
    assert caused().messages == []
    assert caused(cause="loading_error").of("notified") == []
