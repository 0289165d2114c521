"""Only files of the site are found."""

import pytest
from e4j_server.errors import SiteUnusable
from e4j_server.services.site import Site


def test_languages_are_the_folders_with_a_first_page(site):
    (site / "fr").mkdir()
    assert Site(site).languages() == ["ar", "en", "zh"]


@pytest.mark.parametrize(("name", "found"), [("en/", "en/index.html"), ("en/404.html", "en/404.html"), ("en", None), ("x", None)])
def test_a_folder_stands_for_its_first_page(site, name, found):
    assert Site(site).find(name) == (site / found if found else None)


@pytest.mark.parametrize(
    "name",
    ["../outside.html", "en/../../outside.html", "/etc/passwd", "en//index.html", ".hidden", "en/..", "en\\index.html", "en/\0"] + ["link.html", "a" * 5000],
)
def test_nothing_outside_the_site_is_found(site, name):
    (site / "link.html").symlink_to(site.parent / "outside.html")
    assert Site(site).find(name) is None


def test_a_folder_without_a_site_is_unusable(tmp_path):
    with pytest.raises(SiteUnusable) as caught:
        Site(tmp_path / "nowhere").check()
    assert caught.value.problem == f"There is no built site in {tmp_path / 'nowhere'}."


def test_hashes_come_from_the_build(site):
    assert Site(site).script_hashes() == ()
    (site / "csp.json").write_text('{"script_hashes": ["sha256-4Su6mBWzEIFnH4pAGMOuaeBrstwJN4Z3pq/s1Kn4/KQ="]}')
    assert Site(site).script_hashes() == ("sha256-4Su6mBWzEIFnH4pAGMOuaeBrstwJN4Z3pq/s1Kn4/KQ=",)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"script_hashes": "sha256-a"}', '{"script_hashes": ["sha256-a\'; x"]}'])
def test_hashes_that_could_open_the_policy_are_refused(site, text):
    (site / "csp.json").write_text(text)
    with pytest.raises(SiteUnusable):
        Site(site).check()
