"""Which stories a folder holds, and that each is read as it was read before it was told apart."""

import samestory as ss
from samestory.publishing.several import of_articles, story_folders

TEXTS = {
    "Post/ferry.txt": """Ferry aground

The ferry Saint Brannoc ran aground off Kellmouth on Tuesday with 84 passengers, the coastguard said.

“We were lucky”, said Ann Lee, 41, one of them.""",
    "Herald/ferry.txt": """All saved from the Saint Brannoc

84 people on the ferry Saint Brannoc were saved after it struck rocks by Kellmouth, a coastguard said.""",
    "Post/lunch.txt": """Free lunches

Pupils at Hartwell Academy get free lunches from September, the headteacher Nora Quill announced.""",
    "Herald/lunch.txt": """Hartwell Academy feeds all

Hartwell Academy is to serve every pupil a free lunch, said Nora Quill, who leads the school.""",
    "Globe/weather.txt": """It will rain

A low over Iceland brings showers until Sunday.""",
}
LISTING = "file,published,country\nPost/ferry.txt,2025-07-01 16:30,UK\nHerald/ferry.txt,2025-07-02,UK\n"


def written(folder):
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "articles.csv").write_text(LISTING, "utf-8")
    (folder / "aliases.csv").write_text("name,canonical\nNora Quill,N. Quill\n", "utf-8")
    return folder


def test_each_story_is_read_as_before(tmp_path):
    loaded = ss.load(written(tmp_path / "in"))
    found = of_articles(loaded, tmp_path / "in", tmp_path / "work", asked=False)
    assert [one.span for one in found.stories] == [
        "2 articles of 2 outlets, 1 to 2 July 2025",
        "2 articles of 2 outlets",
    ]
    assert [one["outlet"] for one in found.alone] == ["Globe"]
    columns = ["outlet", "title", "published", "text", "country"]
    before = loaded.articles.set_index("article_id")[columns].astype({"published": "str"})
    for one in found.stories:
        again = ss.load(one.path)
        after = again.articles.set_index("article_id")[[c for c in columns if c in again.articles]]
        for article_id, row in after.astype({"published": "str"}).iterrows():
            expected = before.loc[article_id, row.index]
            assert row.fillna("").to_dict() == expected.fillna("").to_dict()
        assert again.aliases == {"Nora Quill": "N. Quill"}


def test_names_of_folders_are_plain_and_differ(tmp_path):
    loaded = ss.load(written(tmp_path / "in"))
    found = of_articles(loaded, tmp_path / "in", tmp_path / "work", asked=True)
    folders = [one.folder for one in found.stories]
    assert len(set(folders)) == 2
    assert all(name.isascii() and "/" not in name and name[:2].isdigit() for name in folders)


def test_subfolders_of_outlets_are_no_stories(tmp_path):
    assert story_folders(written(tmp_path / "in")) == []
    (tmp_path / "in" / "articles.csv").unlink()
    assert story_folders(tmp_path / "in") == []
    assert story_folders(tmp_path / "in" / "Post" / "ferry.txt") == []
    for name in ("Post", "Herald"):
        (tmp_path / "in" / name / "articles.csv").write_text("file,outlet\nferry.txt,X\n", "utf-8")
    assert [path.name for path in story_folders(tmp_path / "in")] == ["Herald", "Post"]
