"""How long one page of a REST list may be."""

from rest_framework.pagination import LimitOffsetPagination


class Pages(LimitOffsetPagination):
    """`limit` and `offset`, 50 rows unless asked, 200 at most."""

    max_limit = 200
