"""The daemon and its ticks, and from a configuration file to an open office."""
