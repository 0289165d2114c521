"""Model to HTML fragments. What is rendered here goes into every output."""
