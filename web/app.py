"""The counter: one Flask application over one open record and one clock."""

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from recruit.clock import Clock
from recruit.record import Record
from web import (
    access,
    account,
    acts,
    administration,
    api,
    audit,
    auth,
    calls,
    clocks,
    deadlines,
    desk,
    dossiers,
    duties,
    editions,
    erasures,
    feeds,
    files,
    first,
    health,
    history,
    me,
    meetings,
    messages,
    metrics,
    notices,
    objections,
    organizations,
    own,
    planning,
    plans,
    proposals,
    public,
    queues,
    quota,
    registers,
    reveals,
    rolls,
    settings,
    setup,
    several,
    state,
    substitutes,
    users,
    years,
)
from web.assets import init_assets
from web.config import Config
from web.cookies import PageSessions
from web.errors import init_errors
from web.files.sizes import let_files_in
from web.headers import guard_headers
from web.language import init_languages
from web.layout import init_layout
from web.limits import count_first
from web.secret import page_key
from web.visitors import init_visitors

BLUEPRINTS = (
    auth.blueprint,
    desk.blueprint,
    dossiers.blueprint,
    acts.blueprint,
    several.blueprint,
    queues.blueprint,
    plans.blueprint,
    quota.blueprint,
    registers.blueprint,
    messages.blueprint,
    me.blueprint,
    proposals.blueprint,
    history.blueprint,
    audit.blueprint,
    deadlines.blueprint,
    notices.blueprint,
    meetings.blueprint,
    objections.blueprint,
    own.blueprint,
    public.blueprint,
    reveals.blueprint,
    rolls.blueprint,
    administration.blueprint,
    organizations.blueprint,
    settings.blueprint,
    years.blueprint,
    editions.blueprint,
    planning.blueprint,
    state.blueprint,
    erasures.blueprint,
    duties.blueprint,
    calls.blueprint,
    feeds.blueprint,
    clocks.blueprint,
    health.blueprint,
    setup.blueprint,
    substitutes.blueprint,
    files.blueprint,
    api.blueprint,
    api.machine,
    api.docs,
    metrics.blueprint,
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
    metrics.init_metrics(app)
    init_errors(app)
    init_languages(app)
    init_visitors(app, record, clock, config)
    app.before_request(count_first)
    app.before_request(let_files_in)
    CSRFProtect(app).exempt(api.blueprint)  # there a token is sent by hand, and no cookie counts
    app.before_request(access.guard)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _let_static_be_public(app)
    init_assets(app)
    init_layout(app, config)
    guard_headers(app)
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies)  # type: ignore[method-assign]
    return app


def _let_static_be_public(app: Flask) -> None:
    app.view_functions["static"] = access.reach(access.PUBLIC)(app.view_functions["static"])
