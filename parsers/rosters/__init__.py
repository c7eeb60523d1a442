"""Lists of children: leavers, rising fives, police lists, pupils on roll. A new kind is a new TOML file."""
