"""Do what the server is for; know neither Flask nor SQL."""
