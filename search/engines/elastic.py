"""The Elasticsearch engine. The only module that speaks to Elasticsearch.

Places are asked of the cluster, in one request a page; consultation windows, a few hundred at most, are answered from
the embedded tables, which every site has. What fails raises `Unreachable` or `Refused`, never half an answer.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import streaming_bulk

from search.cursor import Key
from search.document import Document
from search.entry import entry_of
from search.plan import FEW, FLOOR, GROUPS, LOOSE, Plan
from search.query import Query
from search.results import Hit, Results
from search.text import analysis_version, bigrams, clean, romaji_to_kana, squeezed

from . import body, docs, windows
from .conditions import NEVER
from .embedded import EmbeddedEngine
from .errors import Refused, Unreachable
from .finding import matched_activities
from .sounds import ALIKE, LOOKED_AT, dice, meant

Json = dict[str, Any]
CHUNK_DOCUMENTS, CHUNK_BYTES = 500, 5 * 1024 * 1024
# Deletes are versioned: an older write that comes late must still find them.
DELETES_KEPT = "1h"


class ElasticsearchEngine:
    """One alias of one cluster. `seconds` is the longest a question waits."""

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, alias: str, beside: EmbeddedEngine, *, seconds: float = 0.8) -> None:
        self.client, self.alias, self.beside, self.seconds = client, alias, beside, seconds
        self._known_current = ""

    # ── names ───────────────────────────────────────────────────────────────

    @property
    def building(self) -> str:
        """Alias of the index that is being built; whatever is written meanwhile goes there too."""
        return f"{self.alias}-building"

    @property
    def previous(self) -> str:
        """Alias of the index that served before, kept for going back."""
        return f"{self.alias}-previous"

    def indices(self, alias: str) -> list[str]:
        try:
            return sorted(_whole(self.client.indices.get_alias(name=alias).body))
        except NotFoundError:
            return []
        except (ApiError, TransportError) as error:
            raise Unreachable(type(error).__name__) from None

    def create(self, name: str) -> None:
        self.client.indices.create(
            index=name,
            mappings={**body.MAPPING, "_meta": {"analysis": analysis_version()}},
            settings={"number_of_shards": 1, "auto_expand_replicas": "0-1", "gc_deletes": DELETES_KEPT},
        )

    def meta(self, index: str) -> Json:
        """What stands in the `_meta` of an index or of the one behind an alias."""
        try:
            answer = _whole(self.client.indices.get_mapping(index=index).body)
        except NotFoundError:
            return {}
        except (ApiError, TransportError) as error:
            raise Unreachable(type(error).__name__) from None
        return next((one["mappings"].get("_meta", {}) for one in answer.values()), {})

    def set_meta(self, index: str, **facts: Any) -> None:
        known = self.meta(index)
        self.client.indices.put_mapping(index=index, meta={**known, **facts})

    # ── writing ─────────────────────────────────────────────────────────────

    def ready(self) -> None:
        """An empty index behind the alias where there is none yet."""
        if not self.indices(self.alias):
            first = f"{self.alias}-{timezone.now():%Y%m%d%H%M%S}"
            self.create(first)
            self.client.indices.put_alias(index=first, name=self.alias)

    def targets(self) -> list[str]:
        return [*self.indices(self.alias), *self.indices(self.building)]

    def index(self, documents: Iterable[Document], *, today: date | None = None) -> int:
        """Put places in as they stand on a day (today by default); returns how many were taken."""
        self.ready()
        return sum(not error for _number, error in self.write(documents, self.targets(), today=today))

    def write(
        self,
        documents: Iterable[Document],
        indices: list[str],
        *,
        gone: Iterable[tuple[int, int]] = (),
        today: date | None = None,
    ) -> Iterator[tuple[int, str]]:
        """Send places, and (number, version) of those that are gone; yields (number, kind of failure or "").

        A conflict means that something newer is there already: that is success.
        """

        def actions() -> Iterator[Json]:
            day = today or timezone.localdate()
            for document in documents:
                source = body.document_of(entry_of(document, today=day))
                for index in indices:
                    yield _action("index", index, document.id, document.version) | {"_source": source}
            for number, version in gone:
                for index in indices:
                    yield _action("delete", index, number, version)

        try:
            for held, item in streaming_bulk(
                self.client, actions(), chunk_size=CHUNK_DOCUMENTS, max_chunk_bytes=CHUNK_BYTES,
                raise_on_error=False, max_retries=2, initial_backoff=1,
            ):  # fmt: skip
                ((_kind, told),) = item.items()
                failed = not held and told.get("status") not in {404, 409}
                yield int(told["_id"]), _reason(told) if failed else ""
        except (ApiError, TransportError) as error:
            raise Unreachable(type(error).__name__) from None

    def refresh(self) -> None:
        """Let what was written be found now rather than within a second."""
        self.client.indices.refresh(index=self.alias)

    def clear(self) -> None:
        """Throw every index of this alias away."""
        for alias in (self.alias, self.building, self.previous):
            for index in self.indices(alias):
                self.client.indices.delete(index=index)
        self._known_current = ""

    BLOCK = 1000

    def blocks(self) -> dict[int, tuple[int, int]]:
        """{block of numbers: (how many places, sum of their versions)}, in one request."""
        found: dict[int, tuple[int, int]] = {}
        counting: Json = {"histogram": {"field": "id", "interval": self.BLOCK, "min_doc_count": 1}}
        counting["aggs"] = {"versions": {"sum": {"field": "version"}}}
        answer = self._ask([{"size": 0, "aggs": {"blocks": counting}}], patiently=True)[0]
        for bucket in answer["aggregations"]["blocks"]["buckets"]:
            found[int(bucket["key"]) // self.BLOCK] = (bucket["doc_count"], int(bucket["versions"]["value"]))
        return found

    def versions(self, *, block: int) -> dict[int, int]:
        """{place: version} of one block of numbers."""
        within = {"range": {"id": {"gte": block * self.BLOCK, "lt": (block + 1) * self.BLOCK}}}
        request: Json = {"query": within, "size": self.BLOCK, "_source": ["id", "version"]}
        hits = self._ask([request], patiently=True)[0]["hits"]["hits"]
        return {hit["_source"]["id"]: hit["_source"]["version"] for hit in hits}

    def facts(self) -> Json:
        """What the desk shows of the cluster: the index behind the alias, its size in bytes, its analysis."""
        try:
            names = self.indices(self.alias)
            stats = self.client.indices.stats(index=self.alias, metric=["store", "docs"]).body if names else {}
        except (ApiError, TransportError) as error:
            raise Unreachable(type(error).__name__) from None
        made_by = self.meta(self.alias).get("analysis", "")
        return {
            "answers": True,
            "index": names,
            "building": self.indices(self.building),
            "previous": self.indices(self.previous),
            "bytes": stats.get("_all", {}).get("total", {}).get("store", {}).get("size_in_bytes", 0),
            "analysis": made_by,
            "is_current": made_by == analysis_version(),
        }

    # ── asking ──────────────────────────────────────────────────────────────

    def _ask(self, requests: list[Json], *, patiently: bool = False) -> list[Json]:
        """Several searches in one request; raises unless every one is complete. Whoever asks from a page does not
        wait longer than `seconds`."""
        searches: list[Json] = []
        for request in requests:
            searches += [{"index": self.alias}, request]
        try:
            # One node may have gone; each other one is asked once.
            others = len(self.client.transport.node_pool) - 1
            client = self.client.options(request_timeout=30 if patiently else self.seconds, max_retries=others)
            answer = _whole(client.msearch(searches=searches).body)
        except (ApiError, TransportError) as error:
            raise Unreachable(type(error).__name__) from None
        found: list[Json] = answer["responses"]
        for one in found:
            if one.get("status") == 404:
                raise Refused(f"the alias {self.alias} leads to no index: manage.py rebuild_index")
            if "error" in one or one.get("timed_out") or one["_shards"]["failed"]:
                raise Unreachable("part of the index did not answer")
        return found

    def require_current(self) -> None:
        """Refuses an index that was made by another analysis than reads questions now."""
        wanted = analysis_version()
        if self._known_current == wanted:
            return
        made_by = self.meta(self.alias).get("analysis")
        if made_by is None:
            raise Refused(f"the alias {self.alias} leads to no index: manage.py rebuild_index")
        if made_by != wanted:
            raise Refused("the index was made by another analysis: manage.py rebuild_index")
        self._known_current = wanted

    def search(self, query: Query, *, at: datetime | None = None) -> Results:
        self.require_current()
        plan, found_windows = self.beside.plan(query, at=at)
        answer = Answer(plan, self._ask)
        return Results(
            **answer.fields(may_mean=not found_windows),
            windows=windows.best_of(found_windows) if query.page == 1 else (),
            engine=self.name,
        )

    def suggest(self, text: str, *, municipalities: tuple[int, ...] = (), size: int = 8) -> list[str]:
        typed = clean(text)[:40]
        if not typed:
            return []
        self.require_current()
        sound = squeezed(romaji_to_kana(typed) or typed)
        ways: list[Json] = [{"prefix": {"name": {"value": typed, "case_insensitive": True}}}]
        if sound:
            ways += [{"prefix": {"yomi": sound}}, {"prefix": {"sounds": sound}}]
        town: list[Json] = [{"terms": {"towns": list(municipalities)}}] if municipalities else []
        names, districts = self._ask(
            [
                {"query": {"bool": {"filter": [*town, body.any_of(ways)]}}, "size": 50, "_source": ["name"],
                 "sort": [{"name": "asc"}], "track_total_hits": False},
                {"query": {"bool": {"filter": [*town, {"prefix": {"district_words": typed}}]}}, "size": 0,
                 "aggs": {"values": {"terms": {"field": "district_words", "size": 3, "order": {"_key": "asc"}}}}},
            ]
        )  # fmt: skip
        found = sorted({hit["_source"]["name"] for hit in names["hits"]["hits"]}, key=lambda name: (len(name), name))
        found += [bucket["key"] for bucket in districts["aggregations"]["values"]["buckets"]]
        return list(dict.fromkeys(found))[:size]


class Answer:
    """One question put to the cluster: one request, and one more only where nothing was found."""

    def __init__(self, plan: Plan, ask: Callable[[list[Json]], list[Json]]) -> None:
        self.plan, self.ask = plan, ask

    def fields(self, *, may_mean: bool) -> Json:
        """Fields of Results."""
        plan, query = self.plan, self.plan.query
        requests = [body.strict_request(plan)]
        if plan.wishes:
            requests.append(body.loose_request(plan))
        strict, *rest = self.ask(requests)
        total = strict["hits"]["total"]["value"]
        counts = _counts(strict["aggregations"])
        # Without words or conditions there is nothing to score, and the cluster says 1.
        scored = bool(plan.wishes or plan.asked.conditions)
        found = strict["hits"]["hits"]
        hits = [
            self._hit(hit["_source"], round(hit["_score"] or 0) if scored else 0, key=body.key_of(plan, hit["sort"]))
            for hit in found
        ]
        loose: list[Json] = []
        dropped: tuple[str, ...] = ()
        mean = ""
        if plan.wishes and total < FEW:
            nearly = _best(rest[0]["hits"]["hits"])
            dropped = self._dropped(nearly)
            loose = [self._doc(hit, round(hit["_score"])) for hit in nearly]
            if not loose and not strict["aggregations"]["every"]["value"]:
                loose, mean = self._alike(needs_names=may_mean)
                dropped = tuple(wish.said for wish in plan.wishes) if loose else ()
            elif not total and may_mean and not any(docs.allows(plan, doc) for doc in loose):
                _places, mean = self._alike(needs_names=True)
            docs.count(plan, loose, counts)
        allowed = [doc for doc in loose if docs.allows(plan, doc)]
        shown = docs.ordered(plan, allowed)
        first = (max(query.page, 1) - 1) * query.size
        start = 0 if query.after else max(first - total, 0)
        hits += [self._loose_hit(doc) for doc in shown[start : start + query.size - len(hits)]]
        return {
            "hits": tuple(hits),
            "total": total + len(allowed),
            "facets": counts,
            "relaxed": bool(allowed),
            "dropped": dropped if allowed else (),
            "did_you_mean": "" if allowed or total else mean,
        }

    def _doc(self, hit: Json, worth: int) -> Json:
        doc: Json = hit["_source"]
        return doc | {"points": worth + docs.bonus(self.plan, doc)}

    def _dropped(self, nearly: list[Json]) -> tuple[str, ...]:
        """Words that none of them has."""
        known = {name for hit in nearly for name in hit.get("matched_queries", [])}
        wishes = enumerate(self.plan.wishes)
        return tuple(wish.said for place, wish in wishes if nearly and str(place) not in known)

    def _alike(self, *, needs_names: bool) -> tuple[list[Json], str]:
        """(places that sound most alike, what may have been meant)."""
        plan = self.plan
        pairs = bigrams(plan.asked.sound)
        requests = [body.alike_request(plan, only_towns=False, size=LOOKED_AT)]
        if needs_names:
            requests.append(body.alike_request(plan, only_towns=True, size=LOOKED_AT))
        alike, *names = self.ask(requests)
        found = []
        for hit in alike["hits"]["hits"] if len(pairs) > 1 else []:
            best = max((dice(pairs, bigrams(sound)) for sound in hit["_source"]["sounds"]), default=0.0)
            if best >= ALIKE:
                found.append((round(best * 100), hit))
        found.sort(key=lambda pair: (-pair[0], pair[1]["_source"]["id"]))
        mean = ""
        if names and len(plan.asked.sound) > 2:
            heard = [(hit["_source"]["name"], hit["_source"]["sounds"][0]) for hit in names[0]["hits"]["hits"]]
            mean = meant(plan.asked, heard, plan.query.vocabulary)
        return [self._doc(hit, worth) for worth, hit in found[:LOOSE]], mean

    def _loose_hit(self, doc: Json) -> Hit:
        return self._hit(doc, doc["points"], relaxed=True, key=docs.key(self.plan, doc))

    def _hit(self, doc: Json, worth: int, *, key: Key, relaxed: bool = False) -> Hit:
        plan = self.plan
        start = docs.following(plan, doc)
        return Hit(
            place=doc["id"],
            score=worth,
            activities=matched_activities(plan, doc["activities"]) if plan.wishes else (),
            next_at=datetime.fromtimestamp(start * 60, tz=timezone.get_default_timezone()) if start < NEVER else None,
            metres=round(docs.metres(plan, doc)) if plan.query.near else None,
            relaxed=relaxed,
            key=key,
        )


def _whole(body: Any) -> Json:
    """An answer that was cut before its first byte is no answer."""
    if not isinstance(body, dict):
        raise Unreachable("the answer was cut")
    return body


def _best(hits: list[Json]) -> list[Json]:
    """Far below the best of them it is chance."""
    return [hit for hit in hits if hit["_score"] >= hits[0]["_score"] * FLOOR]


def _counts(found: Json) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for group in GROUPS:
        if group not in found:
            counts[group] = {}
            continue
        values = found[group].get("values", found[group])["buckets"]
        pairs = values.items() if isinstance(values, dict) else ((str(one["key"]), one) for one in values)
        counts[group] = {value: one["doc_count"] for value, one in pairs if one["doc_count"]}
    return counts


def _action(kind: str, index: str, number: int, version: int) -> Json:
    return {"_op_type": kind, "_index": index, "_id": str(number), "version": version, "version_type": "external_gte"}


def _reason(told: Json) -> str:
    """The kind of a failure; its text may quote the document and is left out."""
    error = told.get("error")
    return str(error.get("type", "error") if isinstance(error, dict) else error or told.get("status"))[:60]


def connect(url: str, *, account: str = "", ca: str = "") -> Elasticsearch:
    """A client with its own patience for each call. `url` may name several nodes, with commas; `account` is
    user:password; certificates are always verified."""
    nodes = [one.strip() for one in url.split(",") if one.strip()]
    options: Json = {"request_timeout": 30, "max_retries": 0}
    if account:
        options["basic_auth"] = tuple(account.split(":", 1))
    if ca:
        options["ca_certs"] = ca
    return Elasticsearch(nodes, **options)
