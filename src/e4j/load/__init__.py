"""Text to model. The only stage that reads files."""
