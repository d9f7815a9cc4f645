"""The delta room: a generated package and a document in which one operation changed go in, the new package comes out.

Everything is generated twice from a slice of the document, the operation with all that it leads to: once as the
operation was, once as it is. What differs is put in the place of what was, if the package holds exactly that. Wherever
that is not certain there is no result, and the whole document has to be generated.
"""
