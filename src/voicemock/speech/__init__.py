"""Words to sound (voice) and sound to words (recogniser)."""
