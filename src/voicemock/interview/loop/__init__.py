"""A whole loop of rounds: its plan, how it runs, how it is stored, its debrief."""
