"""Answers questions about China's IP Publicity Week, in Telegram and in the terminal."""

__version__ = "0.1.0"
