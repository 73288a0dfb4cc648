"""Seven guarded steps on django-fsm-2 with a history by hand; run by `peers.py` in an environment of its own.

A line "COUNT" on the input starts so many dossiers; the answer is the seconds they took. "SIZE" asks for the
bytes of the database.
"""

import json
import sys
from datetime import date
from time import perf_counter
from urllib.parse import urlsplit

import django
from django.conf import settings

DATABASE = sys.argv[1]
IS_SQLITE = not DATABASE.startswith("postgresql")


def database():
    if IS_SQLITE:
        options = {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": DATABASE, "OPTIONS": options}
    url = urlsplit(DATABASE)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path[1:],
        "USER": url.username or "",
        "PASSWORD": url.password or "",
        "HOST": url.hostname or "",
        "PORT": url.port or "",
    }


settings.configure(DATABASES={"default": database()}, INSTALLED_APPS=[], USE_TZ=True)
django.setup()

from django.db import connection, models, transaction  # noqa: E402 - after the settings
from django.utils import timezone  # noqa: E402 - as above
from django_fsm import FSMField  # noqa: E402 - as above
from django_fsm import transition as step  # noqa: E402 - as above

STEPS = ("application", "talk", "recommended", "activist", "report_1", "report_2", "report_3")


def guard(dossier):
    """What each step asks: nothing happens before the last thing that happened."""
    return dossier.last_on <= dossier.on


class Dossier(models.Model):
    state = FSMField(default="new", protected=True)
    person = models.CharField(max_length=26)
    last_on = models.DateField(default=date(2014, 1, 1))
    on = date(2014, 7, 1)

    class Meta:
        app_label = "peers"


class History(models.Model):
    dossier = models.ForeignKey(Dossier, models.CASCADE)
    transition = models.CharField(max_length=32)
    source = models.CharField(max_length=32)
    target = models.CharField(max_length=32)
    by = models.CharField(max_length=26)
    on = models.DateField()
    at = models.DateTimeField()
    details = models.JSONField(default=dict)

    class Meta:
        app_label = "peers"


def _moved(name):
    def move(self):
        self.last_on = self.on

    move.__name__ = name
    return move


for before, name in zip(("new", *STEPS), STEPS, strict=False):
    guarded = step(Dossier._meta.get_field("state"), source=before, target=name, conditions=[guard])
    setattr(Dossier, f"to_{name}", guarded(_moved(f"to_{name}")))

with connection.schema_editor() as editor:
    for model in (Dossier, History):
        editor.create_model(model)


def run():
    id_ = None
    for at, name in enumerate(STEPS):
        with transaction.atomic():
            if id_ is None:
                dossier = Dossier(person="01HZZZZZZZZZZZZZZZZZZZZZZZ")
            else:
                dossier = Dossier.objects.select_for_update().get(pk=id_)
            source = dossier.state
            dossier.on = date(2014, 7, at + 1)
            getattr(dossier, f"to_{name}")()
            dossier.save()
            History.objects.create(
                dossier=dossier,
                transition=name,
                source=source,
                target=dossier.state,
                by="01HZZZZZZZZZZZZZZZZZZZZZZZ",
                on=dossier.on,
                at=timezone.now(),
                details={"note": "演示：本季度的思想汇报，字迹清楚，本人签名"},
            )
        id_ = dossier.pk


def size():
    with connection.cursor() as cursor:
        if IS_SQLITE:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            cursor.execute(
                "SELECT pg_total_relation_size('peers_dossier') + pg_total_relation_size('peers_history')"
            )
        return cursor.fetchone()[0]


for line in sys.stdin:
    if line.strip() == "SIZE":
        print(json.dumps(size()), flush=True)
        continue
    began = perf_counter()
    for _ in range(int(line)):
        run()
    print(json.dumps(perf_counter() - began), flush=True)
