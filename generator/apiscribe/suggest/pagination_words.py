"""The words of pagination: what parameters and fields are called in the documents of many services, spelled plainly."""

from __future__ import annotations

from typing import Final

from apiscribe.suggest.call import Value

CURSORS: Final = frozenset({
    "pagetoken", "nextpagetoken", "nexttoken", "cursor", "nextcursor", "pagecursor", "continuationtoken",
    "continue", "continuation", "startingtoken", "marker", "nextmarker", "pagemarker", "after", "aftercursor",
    "pageafter", "startingafter", "afterid", "paginationtoken", "paginationkey", "skiptoken", "startcursor",
    "starttoken", "exclusivestartkey", "lastevaluatedkey", "bookmark", "nextbookmark", "scrollid", "nextid",
    "nextpage", "offset", "pagenexttoken", "pagestate", "startkey", "nextkey",
})  # fmt: skip
NEXT_TOKENS: Final = frozenset({
    "nextpagetoken", "nexttoken", "nextcursor", "nextpagecursor", "nextmarker", "nextcontinuationtoken",
    "endcursor", "continuationtoken", "continuation", "continue", "cursor", "nextpaginationtoken",
    "paginationtoken", "nextbookmark", "bookmark", "lastid", "lastevaluatedkey", "nextid", "nextkey", "nextpage",
    "next", "after", "nextskiptoken", "scrollid", "nextoffset", "pagestate", "nextpagestate",
})  # fmt: skip
NEXT_WORDS: Final = frozenset({"next", "nextpage", "after"})
NEXT_ADDRESSES: Final = frozenset({
    "nextlink", "odatanextlink", "nexturl", "nexturi", "nextpageurl", "nextpageuri", "nextpagelink", "nexthref",
    "nextrecordsurl", "pagingnextlink",
})  # fmt: skip
PAGES: Final = frozenset({"page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage", "pagenr"})
OFFSETS: Final = frozenset(
    {"offset", "skip", "startindex", "startat", "startrow", "firstresult", "pageoffset", "recordoffset", "startoffset"}
)
VAGUE_OFFSETS: Final = frozenset({"start", "from", "begin"})
SIZES: Final = frozenset({
    "size", "pagesize", "perpage", "limit", "pagelimit", "itemsperpage", "resultsperpage", "count", "maxresults",
    "rows", "take", "top", "maxitems", "hitsperpage", "recordsperpage", "pagelength", "maxresultcount",
    "pageitems", "maxpagesize", "maxrecords", "limitpage", "items", "numperpage", "maxkeys", "pageresults",
    "recordcount",
})  # fmt: skip
TOTALS: Final = frozenset(
    {"total", "totalcount", "totalitems", "totalresults", "totalrecords", "totalelements", "totalhits", "numfound"}
)
PAGE_COUNTS: Final = frozenset(
    {"totalpages", "pagecount", "numpages", "totalpage", "pagestotal", "numberofpages", "lastpage"}
)
FLAGS: Final = frozenset(
    {
        "hasmore",
        "more",
        "hasnext",
        "hasnextpage",
        "hasmoreitems",
        "hasmoreresults",
        "istruncated",
        "moreresults",
        "hasmoredata",
    }
)
# Objects of a response that hold what is told of pages.
HOLDERS: Final = frozenset({
    "meta", "metadata", "pagination", "paging", "page", "pages", "pageinfo", "pageinformation", "responsemetadata",
    "links", "cursors", "cursor", "listmeta", "paginator", "pager", "result", "results", "data", "response",
    "paginationinfo", "next", "pagingmetadata", "paginationmeta", "resultinfo", "pageable",
})  # fmt: skip


def is_address(item: Value) -> bool:
    """Tell whether a field holds an address, by its format, its example, its own name or what is said of it."""
    if item.fact("format") in ("uri", "url", "uri-reference", "iri"):
        return True
    examples = (item.fact("example"), item.fact("default"))
    if any(isinstance(one, str) and one.startswith(("http://", "https://", "/")) for one in examples):
        return True
    if item.plain.endswith(("url", "uri", "link", "href")):
        return True
    return item.says(r"\b(urls?|uris?|links?|hyperlinks?|href)\b") and not item.says(r"\b(token|cursor|marker)\b")
