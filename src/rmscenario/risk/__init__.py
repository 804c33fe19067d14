"""Plans that hold: least cost at a stated confidence, with the risk inside the search."""
