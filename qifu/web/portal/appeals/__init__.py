"""What became of what an enterprise has said."""
