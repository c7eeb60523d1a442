"""The configuration, `config.toml`, and the secrets beside it: validated where it comes in."""
