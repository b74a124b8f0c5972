"""Why a cluster gave no answer."""


class Unreachable(Exception):
    """No complete answer in time: refused, hung, cut, or part of the shards failed."""


class Refused(Exception):
    """The cluster answers, but its index cannot be asked: made by another analysis, or missing. Says what mends it."""
