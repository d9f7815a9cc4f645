"""The runtime of a generated client: real Python, the same in every package, copied beside the generated modules."""
