"""Comparing a given signature: tries what signers get wrong, one mistake and then two, until one gives exactly it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from apiscribe.cli.sign_run import Evaluated, evaluator
from apiscribe.signing import Recipe
from apiscribe.signing.anatomy import Signature, signature_of, with_inner_steps
from apiscribe.signing.mistakes import changed_recipes, changed_requests, moments, readings
from apiscribe.signing.request import SignedRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Whether a signature is the right one, else which mistakes give exactly it, and what was signed then.

    `variations` counts what was tried; `sizes` are the numbers of bytes that the given text may stand for.
    """

    equal: bool
    mistakes: tuple[str, ...] = ()
    signed: bytes | None = None
    variations: int = 0
    sizes: tuple[int, ...] = ()


class _Inner:
    """A recipe that tells the text under its signature, the bytes of the signature, and how it is written."""

    def __init__(self, recipe: Recipe, signature: Signature) -> None:
        told, self._names = with_inner_steps(recipe, signature)
        self.run = evaluator(told)

    def look(self, request: SignedRequest) -> tuple[bytes, bytes, bytes] | None:
        """Give the three; None where the request cannot be signed like this."""
        try:
            steps = self.run(request).steps
        except (ValueError, LookupError, TypeError, ArithmeticError, OSError):
            return None
        text, digest, written = (steps[name] for name in self._names)
        return text, digest, written


def compare(recipe: Recipe, request: SignedRequest, right: Evaluated, given: str) -> Comparison:
    """Compare a signature, or a whole header that holds it, with the right one."""
    if given in {value for _, value in (*right.headers, *right.query)}:
        return Comparison(equal=True)
    signature = signature_of(recipe)
    if signature is None:
        return Comparison(equal=False)
    inner = _Inner(recipe, signature)
    known = inner.look(request)
    if known is not None and known[2] == given.encode("utf-8", "surrogateescape"):
        return Comparison(equal=True)
    ways: dict[bytes, str] = {}
    for way, data in readings(given):
        ways.setdefault(data, way)
    sizes = tuple(sorted({len(data) for data in ways}))
    count = 0
    for mistakes, looked in _tries(recipe, inner, request):
        count += 1
        if looked is not None and looked[1] in ways:
            written = _written(ways[looked[1]], signature)
            return Comparison(
                equal=False, mistakes=(*mistakes, *written), signed=looked[0], variations=count, sizes=sizes
            )
    return Comparison(equal=False, variations=count, sizes=sizes)


def string_to_sign(recipe: Recipe, request: SignedRequest) -> bytes | None:
    """Give what goes into the last key; None where nothing is signed."""
    signature = signature_of(recipe)
    looked = _Inner(recipe, signature).look(request) if signature is not None else None
    return looked[0] if looked is not None else None


def _written(way: str, signature: Signature) -> tuple[str, ...]:
    right = " of ".join(reversed(signature.encoding))
    return () if way == right else (f"the signature was written as {way} instead of {right or 'raw bytes'}",)


def _tries(
    recipe: Recipe, inner: _Inner, request: SignedRequest
) -> Iterator[tuple[tuple[str, ...], tuple[bytes, bytes, bytes] | None]]:
    """Give what each mistake makes, the most plausible ones first."""
    yield (), inner.look(request)
    single = list(changed_requests(request))
    for says, other in single:
        yield (says,), inner.look(other)
    others: list[tuple[str, _Inner]] = []
    for says, changed in changed_recipes(recipe):
        signature = signature_of(changed)
        if signature is not None:
            others.append((says, _Inner(changed, signature)))
            yield (says,), others[-1][1].look(request)
    for says, other in moments(request):
        yield (says,), inner.look(other)
    for says, other in single:
        pairs = ((again, inner.look(both)) for again, both in changed_requests(other))
        crossed = ((again, changed_inner.look(other)) for again, changed_inner in others)
        for again, looked in chain(pairs, crossed):
            yield (says, again), looked
