"""Learning from follow-up: what was observed updates what is believed of effects."""
