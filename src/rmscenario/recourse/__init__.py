"""Two-stage planning over the rounds: what to sign now, and what can wait."""
