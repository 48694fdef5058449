"""What gender the text gives a person: by courtesy title, gendered noun, or given name."""

from collections.abc import Iterable

from samestory.annotation.wordlists import fold, given_names, titles

PRONOUNS = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip


def gender_of(words: Iterable[str], name: Iterable[str]) -> str | None:
    """'male', 'female' or None when the text does not say.

    Args:
        words: the lower-case words that introduce the person (titles, apposition).
        name: the words of the name; the first is read as a given name when there are several.
    """
    words, name = set(words), list(name)
    for said in (titles().honorifics, titles().gendered):
        found = {said[word] for word in words if said.get(word) in ("male", "female")}
        if len(found) == 1:
            return found.pop()
    if len(name) < 2:
        return None
    # "J. Edgar Hoover": the second name speaks when the first is an initial.
    spoken = [given_names().get(fold(word)) for word in name[:-1] if len(word.rstrip(".")) > 1]
    return spoken[0] if spoken else None
