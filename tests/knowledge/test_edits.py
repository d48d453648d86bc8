"""How one list of files becomes another."""

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.edits import edits_between

files = st.lists(st.sampled_from("abcdefghij"), unique=True).map(sorted)


@given(files, files, st.sets(st.sampled_from("abcdefghij")))
def test_edits_make_one_list_of_files_of_another(
    before: list[str], after: list[str], same: set[str]
) -> None:
    edits = edits_between(before, after, same)
    assert edits is not None
    made = list(before)
    touched = {file for edit in edits for file in made[edit.going.start : edit.going.stop]}
    for edit in edits:
        made[edit.going.start : edit.going.stop] = after[edit.coming.start : edit.coming.stop]
    assert made == after
    assert touched.isdisjoint(same & {*before} & {*after})


def test_many_edits_are_none() -> None:
    files = [f"{number:02d}" for number in range(40)]
    assert edits_between(files, files, files[::2]) is None


def test_what_is_the_same_in_another_order_cannot_be_edited() -> None:
    assert edits_between(["a", "b"], ["b", "a"], {"a", "b"}) is None
