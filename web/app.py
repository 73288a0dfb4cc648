"""The counter: one Flask application over one open record and one clock."""

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from recruit.clock import Clock
from recruit.record import Record
from web import (
    access,
    acts,
    auth,
    calls,
    clocks,
    deadlines,
    desk,
    dossiers,
    duties,
    erasures,
    feeds,
    first,
    health,
    history,
    me,
    messages,
    notices,
    account,
    proposals,
    public,
    reveals,
    setup,
    substitutes,
    users,
)
from web.config import Config
from web.cookies import PageSessions
from web.errors import init_errors
from web.headers import guard_headers
from web.language import init_languages
from web.layout import init_layout
from web.secret import page_key
from web.visitors import init_visitors

BLUEPRINTS = (
    auth.blueprint,
    desk.blueprint,
    dossiers.blueprint,
    acts.blueprint,
    messages.blueprint,
    me.blueprint,
    proposals.blueprint,
    history.blueprint,
    deadlines.blueprint,
    notices.blueprint,
    public.blueprint,
    reveals.blueprint,
    erasures.blueprint,
    duties.blueprint,
    calls.blueprint,
    feeds.blueprint,
    clocks.blueprint,
    health.blueprint,
    setup.blueprint,
    substitutes.blueprint,
    first.blueprint,
    account.blueprint,
    users.blueprint,
)


def create_app(record: Record, clock: Clock, *, config: Config | None = None) -> Flask:
    """Build the application; `record` is open for writing and stays the caller's to close."""
    config = config or Config()
    app = Flask("web")
    app.config.update(
        SECRET_KEY=page_key(record.folder / "keys"),
        MAX_CONTENT_LENGTH=config.body_bytes,
        MAX_FORM_MEMORY_SIZE=config.form_bytes,
        TRUSTED_HOSTS=config.trusted_hosts,
        WTF_CSRF_TIME_LIMIT=None,  # the page's session ends sooner
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.session_interface = PageSessions()
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    init_errors(app)
    init_languages(app)
    init_visitors(app, record, clock, config)
    CSRFProtect(app)
    app.before_request(access.guard)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _let_static_be_public(app)
    init_layout(app, config)
    guard_headers(app)
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies)  # type: ignore[method-assign]
    return app


def _let_static_be_public(app: Flask) -> None:
    app.view_functions["static"] = access.reach(access.PUBLIC)(app.view_functions["static"])
