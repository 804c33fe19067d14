"""Signposts: what the draws have in common in which a plan misses, what shows it early, and what to call then."""
