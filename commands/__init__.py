"""The commands of `python server.py`, but for what serves."""
