"""Tests of the knowledge: reading, checking, and what maintainers are told."""
