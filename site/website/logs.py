"""Keeps out of the logs what people asked for."""

import logging
import re

# Everything between ? and the next space or quotation mark: search words, dates, shortlists.
_QUESTION = re.compile(r"\?[^\s\"']*")


class WithoutQuestion(logging.Filter):
    """Cuts query strings from every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _QUESTION.sub("?…", record.getMessage())
        record.args = None
        return True
