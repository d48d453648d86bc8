"""What the tests of the knowledge share."""

from pathlib import Path

import pytest

from tests.knowledge.small_knowledge import write_small_knowledge


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small knowledge folder without problems."""
    return write_small_knowledge(tmp_path / "knowledge")
