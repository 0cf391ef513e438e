"""Sound in and out: sources, voice activity, the recorder, the speaker."""
