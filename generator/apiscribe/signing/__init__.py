"""The signing room: a recipe or a static security scheme in, checked steps and straight-line Python that signs out."""

from apiscribe.signing.compile import CompiledSigner, compile_module
from apiscribe.signing.reader import read
from apiscribe.signing.recipe import CredentialField, OptionField, Recipe
from apiscribe.signing.static import bearer_recipe, read_scheme, title_of

__all__ = [
    "CompiledSigner",
    "CredentialField",
    "OptionField",
    "Recipe",
    "bearer_recipe",
    "compile_module",
    "read",
    "read_scheme",
    "title_of",
]
