"""A Bot API server for tests: real HTTP, real long polling, and a strict eye on every call."""
