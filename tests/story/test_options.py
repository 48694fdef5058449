"""A wrong value of an option is an error that names the right ones, never an empty table."""

import pytest

import samestory as ss


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda s: ss.framing.weights(s, voice="own"),
            "voice='own': expected one of: 'narrator', 'quoted', 'mixed'",
        ),
        (lambda s: ss.framing.keyness(s, voice="own"), "voice='own': expected one of"),
        (lambda s: ss.framing.keyness(s, by=["paper"]), r"articles: no column \['paper'\]; it has"),
        (
            lambda s: ss.framing.agency_roles(s, voice="mixed"),
            "voice='mixed': expected one of: 'narrator', 'quoted'",
        ),
        (lambda s: ss.framing.evidence(s, codebook="polcy"), "no terms of a codebook 'polcy'"),
        (lambda s: ss.sentiment.tone_differences(s, voice="own"), "voice='own'"),
        (
            lambda s: ss.sentiment.tone(s, by=["paper"]),
            r"cannot group by \['paper'\]; expected any of: outlet",
        ),
        (lambda s: ss.sentiment.tone_toward(s, by=[]), "cannot group by nothing; expected any of"),
        (
            lambda s: ss.quotes.speeches(s, act="thought"),
            "act='thought': expected one of: 'speech', 'attitude' or None",
        ),
        (
            lambda s: ss.quotes.share(s, by=["speaker"]),
            r"by\[0\]='speaker': expected one of: 'outlet', 'article_id'",
        ),
        (lambda s: ss.statements.only_in(s, outlet="Heraldd"), "outlet='Heraldd': expected one of"),
        (lambda s: ss.show_parallel(s, article_ids=["none"]), "unknown article 'none'; expected one of"),
        (lambda s: ss.show_reading(s, article_ids=["none"]), "unknown article 'none'; expected one of"),
        (lambda s: ss.show_reading(s, layers=["qoutes"]), "unknown layer 'qoutes'; expected one of"),
    ],
)
def test_a_wrong_option_names_the_right_ones(seed_story, call, message):
    with pytest.raises(ValueError, match=message):
        call(seed_story)


def test_keyness_compares_groups_of_several_columns(seed_story):
    table = ss.framing.keyness(seed_story, by=["outlet", "language"])
    assert set(table["outlet, language"]) == {f"{outlet}, en" for outlet in seed_story.articles["outlet"]}
