"""The commands: thin, over the pipeline."""
