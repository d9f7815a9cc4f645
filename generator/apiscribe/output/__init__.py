"""The output room: artifacts against a directory; compares the two, and writes atomically, all or nothing."""
