"""The plan room: the ir goes in, a package whose every name, module and import is final comes out."""
