"""The headings room: the blocks of a page in stretches, each below its heading, and as running text."""

from __future__ import annotations

from collections.abc import Sequence

from apiscribe.capture.page import Block, Code, Heading, Item, Paragraph


def under_headings(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[tuple[Heading, tuple[Block, ...]], ...]]:
    """Cut blocks at their headings: what stands before the first, and each heading with what follows it."""
    starts = [index for index, block in enumerate(blocks) if isinstance(block, Heading)]
    groups = []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=False):
        heading = blocks[start]
        assert isinstance(heading, Heading)
        groups.append((heading, tuple(blocks[start + 1 : end])))
    return tuple(blocks[: starts[0]] if starts else blocks), tuple(groups)


def prose(blocks: Sequence[Block]) -> str:
    """Join paragraphs, bullets and headings that are running text."""
    texts = [block.text for block in blocks if isinstance(block, Heading | Paragraph | Item | Code)]
    return "\n\n".join(texts).strip()
