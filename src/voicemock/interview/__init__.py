"""The interview: the turn and the interrupter (pure), and the session that wires them to sound."""
