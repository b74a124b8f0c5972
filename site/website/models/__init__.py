"""Pages that web editors write."""

from .article import Article, ArticleIndex
from .home import HomePage
from .notice import Notice, NoticeIndex

__all__ = ["Article", "ArticleIndex", "HomePage", "Notice", "NoticeIndex"]
