"""Scenarios carried out from beginning to end: what the command line does, without the command line."""
