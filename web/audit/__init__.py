"""The auditor's pages: the register, problems, verification, exports, who has read what."""

from web.audit.views import blueprint

__all__ = ["blueprint"]
