"""The terminal as a device: signals, and text made safe to print."""
