"""No answer of the server holds an assessed key before the hand-in."""

import json
import uuid

import pytest

# Words that stand only in the key of the exam: ids and texts of what is right, feedback, explanations.
SECRETS = (
    '"correct"',
    '"accept"',
    '"alias"',
    "Finding is not owning",
    "العثور ليس تملك",
    "Things that were lost",
    "Name the payment",
    "Late, and braver",
    "Prices are posted.<",
    "key-finder",
    '"owner"',
    "bribery",
)


@pytest.fixture(params=[False, True], ids=["fixed", "drawn"])
def everything(request, app, keys, site, caller, device):
    """Ask for all that a learner can ask for, by every address that leads to the keys' names."""
    if request.param:
        keys.change("market-exam", lambda raw: raw.update(draw=[{"n": 13, "from": []}]))
    name = str(uuid.uuid4())
    caller.sync(*device.attempt({"finder": "x2", "bribe-word": "x"}, name=name, hand_in=False))
    client, headers = app.test_client(), caller.headers()
    relative = ["keys/market-exam.json", "build/keys/market-exam.json", "../keys/market-exam.json", "%2e%2e/keys/market-exam.json", "en/../../keys/market-exam.json"]
    paths = [
        *(f"/{path}" for path in relative),
        *(f"/en/{path}" for path in relative),
        *(f"{prefix}{path}" for prefix in ("/answers/", "/authors/", "/api/v1/") for path in relative),
        "/answers/market-exam.json",
        "/answers/en/market-exam",
        "/authors/",
        "/authors/quizzes/market-exam",
        "/api/v1/health",
        "/api/v1/progress",
        f"/api/v1/attempts/{name}",
        f"/api/v1/attempts/{uuid.uuid4()}",
    ]
    answers = [client.get(path, headers=headers | {"Accept-Language": language}) for path in paths for language in ("en", "ar")]
    forms = [{}, {"rev": "rev-1"}, {"rev": "old", "anyway": "1"}, {"rev": "rev-1", "attempt": name}, {"rev": "rev-1", "code": "1", "anyway": "1"}]
    answers += [client.post(f"/answers/{language}/market-exam", data=fields) for fields in forms for language in ("en", "ar")]
    answers.append(client.post("/api/v1/sync", headers=headers, json={"events": device.attempt({"finder": "x1"}, name=name, hand_in=False)}))
    return answers


def test_no_address_tells_a_key_before_the_hand_in(everything):
    assert len(everything) > 60
    for answer in everything:
        found = [secret for secret in SECRETS if secret in answer.text]
        assert found == [], answer.request.path


def test_what_is_stored_of_keys_is_not_in_the_log_of_a_learner(keys, app, caller, device, right):
    name = str(uuid.uuid4())
    caller.sync(*device.attempt(right, name=name, hand_in=False))
    text = json.dumps(caller.progress()) + json.dumps(caller.attempt(name))
    assert [secret for secret in SECRETS if secret in text] == []


def test_a_refused_hand_in_of_a_form_tells_nothing_and_stores_nothing(keys, app):
    answer = app.test_client().post("/answers/en/market-exam", data={"rev": "rev-1", "q-finder": "x1", "code": "00000-00000-00000-00000-00000", "anyway": "1"})
    assert answer.status_code == 404
    assert [secret for secret in SECRETS if secret in answer.text] == []
