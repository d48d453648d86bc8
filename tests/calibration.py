"""Fits the confidence of `bot.understanding.decision` to the question sets.

    python -m tests.calibration [--also FILE.txt …] [--write]

Half of the questions in `tests/questions` are about other subjects. Every question is put
to the bot with a threshold of zero, its features are taken, and a logistic regression is
fitted to them, on the five weeks and on the whole knowledge together, so that the
confidence does not depend on how much is known. Shown are the errors at several
thresholds, each question judged by weights that were fitted without it. `--also` names
files of further questions about other subjects, one a line; `--write` puts the weights
into the module. Needs scikit-learn (`pip install scikit-learn`), which nothing else does.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bot.answering.assistant import Assistant, Turn
from bot.answering.dialogue import DialogueState
from bot.answering.found import Found
from bot.answering.message import IncomingMessage
from bot.assembly import build_assistant
from bot.knowledge.loader import PACKAGED_KNOWLEDGE
from bot.understanding import decision
from bot.understanding.question import Unit
from tests.conftest import copy_five_weeks
from tests.evaluate import QUESTIONS

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FOREIGN_WEIGHT = 3.0
"""A foreign question that is answered weighs as much as three refusals of good ones."""
IN_DIALOGUE = 0.15
"""Part of the foreign questions that are also asked within a dialogue."""
ORDINARY = 0.7
"""Part of the words made unknown that are taken for everyday English, as `common_words` has it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A question with its features, and whether it is about the weeks."""

    features: dict[str, float]
    belongs: bool


def samples(assistant: Assistant, further: Sequence[str]) -> Iterator[Sample]:
    """The last turns of all sets, and the further foreign questions."""
    foreign = list(further)
    chance = random.Random(2)
    for file in sorted(QUESTIONS.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            dialogue = json.loads(line)
            status = dialogue["status"][0]
            if status == "out_of_scope" and len(dialogue["turns"]) == 1:
                foreign.append(dialogue["turns"][0])
            elif status in ("answered", "no_data", "out_of_scope"):
                turn = _last(assistant, dialogue["turns"], None)
                yield from _sample(turn.found, belongs=status != "out_of_scope")
                if status != "out_of_scope":
                    yield from _with_unknown_word(assistant, dialogue["turns"], chance)
    chance = random.Random(1)
    opened = _last(assistant, ["What did Fujian hold on April 20?"], None).state
    for text in foreign:
        yield from _sample(_last(assistant, [text], None).found, belongs=False)
        if chance.random() < IN_DIALOGUE:
            yield from _sample(_last(assistant, [text], opened).found, belongs=False)


def _last(assistant: Assistant, turns: Iterable[str], state: DialogueState | None) -> Turn:
    for text in turns:
        turn = assistant.reply(IncomingMessage(text, "calibration", NOW), state)
        state = turn.state
    return turn


def _sample(found: Found, *, belongs: bool) -> Iterator[Sample]:
    if found.evidence.features:
        yield Sample(found.evidence.features, belongs)


def _with_unknown_word(
    assistant: Assistant, turns: Sequence[str], chance: random.Random
) -> Iterator[Sample]:
    """The same question as if the vocabulary lacked one of its words.

    The words of these sets were all added to the vocabulary, those of new questions were
    not; without this the weights would take every unknown word for one of another subject.
    """
    state = _last(assistant, turns[:-1], None).state if len(turns) > 1 else None
    question = assistant.recognizer.read(turns[-1], NOW.date())
    places = [i for i, unit in enumerate(question.units) if unit.explained and not unit.is_cue]
    anchored = question.places or question.names_week or (state and state.places)
    if not places or not anchored or question.smalltalk:
        return
    at = chance.choice(places)
    units = list(question.units)
    lost, units[at] = units[at], _unknown(units[at], ordinary=chance.random() < ORDINARY)
    kept = tuple(kind for kind in question.kinds if "#" + kind not in lost.terms)
    names = tuple(name for name in question.names if "!" + name not in lost.terms)
    found = assistant.finder.find(
        replace(question, units=tuple(units), kinds=kept, names=names), state
    )
    yield from _sample(found, belongs=True)


def _unknown(unit: Unit, *, ordinary: bool) -> Unit:
    """A unit as it would be read if nothing knew its word."""
    return Unit(
        unit.text, unit.first, unit.end, (f"?{unit.text}",), (0.9,),
        explained=False, ordinary=ordinary,
    )  # fmt: skip


def fit(found: Sequence[Sample]) -> dict[str, float]:
    """The weights of all features; prints what they get wrong."""
    names = sorted({name for sample in found for name in sample.features} - {"bias", ""})
    table = np.array([[sample.features.get(name, 0.0) for name in names] for sample in found])
    belongs = np.array([sample.belongs for sample in found])
    cost = np.where(belongs, 1.0, FOREIGN_WEIGHT)
    model = LogisticRegression(C=3.0, max_iter=3000)
    folds = StratifiedKFold(8, shuffle=True, random_state=0)
    judged = cross_val_predict(
        model, table, belongs, cv=folds, method="predict_proba", params={"sample_weight": cost}
    )[:, 1]
    for threshold in (0.3, 0.42, 0.5, 0.6, 0.7):
        wrong = int(((judged >= threshold) & ~belongs).sum())
        refused = int(((judged < threshold) & belongs).sum())
        print(
            f"threshold {threshold:.2f}: {wrong} of {int((~belongs).sum())} foreign questions "
            f"answered, {refused} of {int(belongs.sum())} good ones refused"
        )
    model.fit(table, belongs, sample_weight=cost)
    weights = dict(zip(names, (round(float(w), 2) for w in model.coef_[0]), strict=True))
    return {"bias": round(float(model.intercept_[0]), 2), **weights}


def write(weights: dict[str, float]) -> None:
    """Put the weights into the module that uses them."""
    module = Path(decision.__file__)
    rows = "".join(f'    "{name}": {weight},\n' for name, weight in sorted(weights.items()))
    table = f"WEIGHTS: dict[str, float] = {{\n{rows}}}\n"
    text = module.read_text(encoding="utf-8")
    changed = re.sub(r"WEIGHTS: dict\[str, float\] = \{.*?\}\n", table, text, flags=re.DOTALL)
    module.write_text(changed, encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Fit, show, and with --write keep the weights."""
    parser = argparse.ArgumentParser(prog="python -m tests.calibration")
    parser.add_argument("--also", type=Path, nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    further = [
        line for file in options.also for line in file.read_text("utf-8").splitlines() if line
    ]
    decision.WEIGHTS.clear()
    decision.WEIGHTS["bias"] = 20.0
    found: list[Sample] = []
    with tempfile.TemporaryDirectory() as scratch:
        for folder in (copy_five_weeks(Path(scratch, "knowledge")), PACKAGED_KNOWLEDGE):
            found.extend(samples(build_assistant(folder), further))
    weights = fit(found)
    print(weights)
    if options.write:
        write(weights)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
