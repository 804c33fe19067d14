"""One plan, many worlds: what each world would rather have started, and what it costs not to have known."""
