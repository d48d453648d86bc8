"""How fast the bot is; nothing here is part of `make test`."""
