"""What is too large is let go of while it comes in, and the words beside it still arrive."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from qifu.attachments.rules import MAX_FILES, MAX_SIZE

# As much as one form may bring along; beyond it nothing more is laid on the disk.
MOST = MAX_FILES * MAX_SIZE


class LettingGo(FileUploadHandler):
    """Passes a file on to the next handlers up to its limit, then only counts its length."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.total = 0
        self.let_go = False

    def new_file(self, *given: Any, **more: Any) -> None:
        """Begin with another file."""
        super().new_file(*given, **more)
        self.let_go = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass a part on, unless the file or all of them have grown too large."""
        self.total += len(raw_data)
        if start + len(raw_data) > MAX_SIZE or self.total > MOST:
            self.let_go = True
        return None if self.let_go else raw_data

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """Leave a file to the next handler; one that was let go of is only a name and a size."""
        if not self.let_go:
            return None
        # However it came to be too much, nobody may take its beginning for the whole.
        size = max(file_size, MAX_SIZE + 1)
        return InMemoryUploadedFile(
            io.BytesIO(), self.field_name, self.file_name, self.content_type, size, None, None
        )
