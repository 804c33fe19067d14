"""What each analysis says: its words for a planner, and its figures for other programs."""
