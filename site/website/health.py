"""Whether the process lives (/healthz) and whether it can serve (/readyz)."""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

LEAST_FREE_BYTES = 200 * 1024 * 1024


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 when the database does not answer, lacks migrations, or the disk is nearly full."""
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        database = missing == 0
    except DatabaseError:
        database = False
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    disk = shutil.disk_usage(settings.DATA_DIR).free >= LEAST_FREE_BYTES
    ready = database and disk
    return JsonResponse({"ready": ready, "database": database, "disk": disk}, status=200 if ready else 503)
