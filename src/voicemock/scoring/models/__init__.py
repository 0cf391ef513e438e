"""Small linear models over sentence vectors and cues; the encoder; word lists."""
