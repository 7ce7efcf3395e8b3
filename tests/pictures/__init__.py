"""Pictures of every screen, and what differs between two sets of them: ./run pictures (tests/pictures/__main__.py)."""
