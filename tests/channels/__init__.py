"""The channels without Telegram: plain text, terminal, batch, explanations."""
