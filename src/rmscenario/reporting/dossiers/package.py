"""Documents in the Office formats with the same bytes for the same content."""

from __future__ import annotations

import zipfile
from io import BytesIO

#: Earliest time that a part of a zip file can have.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def fixed(document: bytes) -> bytes:
    """A document whose parts bear no time of writing, each packed the same way."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as source, zipfile.ZipFile(buffer, "w") as target:
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(part))
    return buffer.getvalue()
