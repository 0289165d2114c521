"""Progress follows from the set of events alone."""

import json
from pathlib import Path

import pytest
from e4j_server.services.fold import fold_events
from hypothesis import given, strategies as st

VECTORS = json.loads(Path(__file__).with_name("fold_vectors.json").read_text())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["about"])
def test_each_vector_gives_its_progress(vector):
    assert fold_events("L", vector["events"]) == vector["progress"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["about"])
@given(data=st.data())
def test_the_order_of_arrival_does_not_matter(vector, data):
    assert fold_events("L", data.draw(st.permutations(vector["events"]))) == vector["progress"]
