"""Scenarios: the bot as a process of its own, and people who use it in Telegram."""
