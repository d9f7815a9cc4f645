"""Tests of the client: each operation is called against a server on this machine that verifies signatures."""
