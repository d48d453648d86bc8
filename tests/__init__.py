"""Tests; their folders mirror those of `bot`."""
