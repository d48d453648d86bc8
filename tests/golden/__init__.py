"""Golden dialogues: whole conversations with the text of every answer, as data."""
