"""What every table of casework shares: its town, its uuid, and questions that never list sealed columns."""

import uuid
from typing import Any, Self

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.constants import LOOKUP_SEP

from matching.sealed import SealedText, sealed_fields


class WrongTown(Exception):
    """A row was about to be saved in another town than the person it belongs to."""


class CaseQuerySet(models.QuerySet[Any]):
    """Refuses to list or order by sealed columns: without their row they cannot be opened."""

    def values(self, *fields: Any, **expressions: Any) -> Any:
        self._refuse_sealed(fields)
        return super().values(*fields, **expressions)

    def values_list(self, *fields: Any, **kwargs: Any) -> Any:
        self._refuse_sealed(fields)
        return super().values_list(*fields, **kwargs)

    def order_by(self, *field_names: Any) -> Self:
        names = tuple(name.lstrip("-+") for name in field_names if isinstance(name, str))
        self._refuse_sealed(names, or_all=False)
        return super().order_by(*field_names)

    def _refuse_sealed(self, fields: tuple[Any, ...], *, or_all: bool = True) -> None:
        if not fields and or_all and sealed_fields(self.model):
            raise TypeError(f"{self.model.__name__} has sealed fields: name the columns to list")
        for path in fields:
            if isinstance(path, str) and self._is_sealed(path):
                raise TypeError(f"{path} is sealed: read it through its row")

    def _is_sealed(self, path: str) -> bool:
        model: Any = self.model
        for name in path.split(LOOKUP_SEP):
            try:
                field = model._meta.get_field(name) if model is not None else None
            except FieldDoesNotExist:
                return False
            if isinstance(field, SealedText):
                return True
            model = getattr(field, "related_model", None)
        return False


class CaseModel(models.Model):
    """A row of casework. Belongs to one town, for ever. Every model's manager is one of a CaseQuerySet (tested)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey("directory.Municipality", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        # Never a name: this text reaches logs and error pages.
        return f"{self._meta.model_name} {self.uuid}"


class ClientOwned(CaseModel):
    """A row about one client, in the client's town."""

    client = models.ForeignKey("matching.Client", on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.municipality_id is None:
            self.municipality_id = self.client.municipality_id
        if self.municipality_id != self.client.municipality_id:
            raise WrongTown(f"{self} belongs to a client of another town")
        super().save(*args, **kwargs)
