"""Who the speaker of a quote is: pronouns, roles and last names resolved within one article."""

from spacy.tokens import Doc

from samestory.annotation.names import Mention
from samestory.annotation.quotes import Quote


def name_speakers(
    doc: Doc, quotes: list[Quote], mentions: list[Mention]
) -> tuple[list[Quote], list[Mention]]:
    """Give each quote its speaker's name and each nominal and pronoun mention its entity."""
    return quotes, mentions
