"""What everybody may read without a log-in: a public notice while it hangs."""

from web.public.views import blueprint

__all__ = ["blueprint"]
