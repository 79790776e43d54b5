"""Parts of the Team screen and of the Policy page."""
