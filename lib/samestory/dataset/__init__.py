"""Collections of any size: streamed in parts from their source to a dataset of tables on disk."""
