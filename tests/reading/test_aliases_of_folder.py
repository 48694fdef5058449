"""A list of names beside the articles: read with them, used when they are annotated."""

import samestory as ss


def test_load_aliases_in_the_folder_name_one_person(tmp_path):
    (tmp_path / "herald.txt").write_text("Ann Brook said no. Brook left.", "utf-8")
    (tmp_path / "aliases.csv").write_text("name,canonical\nAnn Brook,Ann Brook-Lee\n", "utf-8")
    loaded = ss.load(tmp_path)
    assert list(loaded.articles["source"]) == ["herald.txt"]
    assert loaded.aliases == {"Ann Brook": "Ann Brook-Lee"}
    assert set(ss.annotate(loaded).mentions["entity"].dropna()) == {"Ann Brook-Lee"}


def test_load_broken_aliases_are_a_problem_not_an_error(tmp_path):
    (tmp_path / "herald.txt").write_text("Ann Brook said no.", "utf-8")
    (tmp_path / "aliases.csv").write_text("from,to\na,b\n", "utf-8")
    loaded = ss.load(tmp_path)
    assert loaded.aliases == {}
    problem = loaded.problems.iloc[0]
    assert problem["file"] == "aliases.csv"
    assert "no column ['name', 'canonical']" in problem["reason"]
