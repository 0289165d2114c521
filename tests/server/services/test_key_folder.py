"""The folder of keys is read when it changes, once a second at most, and never half."""

import shutil

import pytest
from e4j_server.errors import KeysUnusable
from e4j_server.services.key_folder import KeyFolder


@pytest.fixture
def clock():
    return [100.0]


@pytest.fixture
def folder(keys, clock):
    return KeyFolder(keys.folder, lambda: clock[0])


def test_what_a_file_says_is_known(folder):
    file = folder.files()["market-exam"]
    assert (file.mode, file.passing, file.attempts, file.feedback, file.tier) == ("assessed", 600, 2, "on-finish", "adult")
    assert [entry.id for entry in file.entries][:3] == ["finder", "needs", "secret"]
    assert (file.entries[0].iv, file.entries[0].digest, file.entries[0].alias["x2"]) == ("iv-finder", "key-finder", "mayor")
    assert file.languages["ar"].title == "اختبار السوق"
    roles = next(entry for entry in file.entries if entry.id == "roles")
    assert (roles.digest, roles.item["key"]) == ("key-roles", {"judge": "judge", "defence": "defence"})


def test_a_missing_folder_has_no_files(tmp_path):
    assert KeyFolder(tmp_path / "nothing").files() == {}


def test_a_change_is_seen_a_second_later(keys, folder, clock):
    assert folder.files()["market-exam"].attempts == 2
    keys.change("market-exam", lambda raw: raw.update(attempts=11))
    clock[0] += 0.9
    assert folder.files()["market-exam"].attempts == 2
    clock[0] += 0.2
    assert folder.files()["market-exam"].attempts == 11


def test_nothing_new_is_nothing_read(folder, clock):
    before = folder.files()
    clock[0] += 5
    assert folder.files() is before


def test_a_file_that_is_being_written_leaves_the_former_keys(keys, folder, clock, caplog):
    before = folder.files()
    (keys.folder / "market-exam.json").write_text('{"schema": "key/1", "quiz": "mark')
    clock[0] += 2
    assert folder.files() is before
    assert "is not a file of keys of this version" in caplog.text


def test_a_folder_that_is_taken_away_leaves_no_forms(keys, folder, clock):
    assert folder.files()
    shutil.rmtree(keys.folder)
    clock[0] += 2
    assert folder.files() == {}


def test_keys_inside_the_site_are_refused(keys, folder):
    for site in (keys.folder, keys.folder.parent):
        with pytest.raises(KeysUnusable):
            folder.check(site)
    folder.check(keys.folder / "market-exam.json")
