"""The administration's own pages that are about no one model."""
