"""What drives the outcome of a fixed plan: a closing split, shares of the spread, single inputs, failures."""
