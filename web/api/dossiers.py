"""`/dossiers`: opened, listed, shown with what comes next."""

from collections.abc import Mapping
from secrets import token_hex

from pydantic import TypeAdapter

from recruit.commands.dossiers import ReceiveApplication, receive_application
from recruit.commands.people import NewPerson
from recruit.queries.dossiers import MOST, DossierView, dossier_view, dossiers
from recruit.queries.rows import DossierRow
from web.access import SIGNED_IN
from web.api.answers import (
    DeadlineOut,
    DossierItem,
    DossierOut,
    DossierPage,
    Next,
    Opened,
    PersonOut,
    ProbationOut,
)
from web.api.details import DossierSent, NewPersonSent, details_of
from web.api.operation import Given, operation
from web.api.values import Asked, Id, Name, said
from web.deadlines.reasons import reasons_of
from web.findings import findings_out
from web.people import names_of
from web.visitors import RECORDERS, present
from web.words import labelled
from workflows.deadlines import Deadline
from workflows.explained import explain
from workflows.steps import Step


class DossiersAsked(Asked):
    stage: Name | None = said("阶段", "the stage", default=None)
    phase: str | None = said("大步骤", "the phase", default=None, max_length=40)
    branch: Id | None = said("党支部", "the branch", default=None)
    q: str | None = said(
        "姓名、拼音的一部分，或完整的身份证号",
        "a part of the name or its pinyin, or a whole ID number",
        default=None,
        max_length=60,
    )
    cursor: str | None = said(
        "上一页给的 next_cursor", "next_cursor of the page before", default=None, max_length=500
    )
    limit: int = said("每页条数", "how many on a page", default=50, ge=1, le=MOST)


@operation(
    "GET", "/dossiers", "档案列表，一页一页地给", "Dossiers, page by page",
    whom=(SIGNED_IN,), query=DossiersAsked, answers={200: DossierPage}, errors=(400,),
)  # fmt: skip
def list_dossiers(given: Given[DossiersAsked, None]) -> tuple[DossierPage, int]:
    """By the strokes of the surname."""
    asked = given.query
    page = dossiers(
        present(),
        stage=asked.stage,
        phase=asked.phase,
        branch=asked.branch,
        q=asked.q,
        cursor=asked.cursor,
        limit=asked.limit,
    )
    return DossierPage(items=[_item(row) for row in page.items], next_cursor=page.next_cursor), 200


@operation(
    "POST", "/dossiers", "收到入党申请书，或转入：建立档案", "Open a dossier with its first act",
    whom=RECORDERS, body=TypeAdapter(DossierSent), answers={201: Opened}, errors=(400, 404, 413, 415, 422),
    key="taken",
)  # fmt: skip
def open_dossier(given: Given[None, DossierSent]) -> tuple[Opened, int]:
    """The person and the dossier in one transaction: a refusal leaves nobody behind."""
    sent = given.body
    done = receive_application(
        present(),
        ReceiveApplication(
            branch=sent.branch,
            person=_person(sent.person, sent.branch),
            on=sent.on,
            do=sent.do,
            details=details_of(sent),
            cites=sent.cites,
            key=given.key or token_hex(16),
        ),
    )
    opened = Opened(
        id=done.dossier,
        stage=done.stage,
        phase=done.phase,
        version=done.version,
        findings=findings_out(done.findings),
        hash=done.hash,
    )
    return opened, 201


@operation(
    "GET", "/dossiers/<dossier>", "一份档案：到了哪一步，还差什么，有哪些期限",
    "A dossier: where it stands, what comes next, its deadlines",
    whom=(SIGNED_IN,), answers={200: DossierOut}, errors=(404,),
)  # fmt: skip
def show_dossier(_given: Given[None, None], dossier: str) -> tuple[DossierOut, int]:
    """What the page of the dossier shows."""
    context = present()
    view = dossier_view(context, dossier)
    people = names_of(context, dossier)
    probation = view.probation
    shown = DossierOut(
        id=view.row.id,
        person=PersonOut(id=view.person.id, name=view.person.name),
        stage=view.row.stage,
        phase=view.row.phase,
        version=view.row.version,
        branch=view.row.branch,
        branch_name=view.row.branch_name,
        next=[_next(step, people) for step in view.steps],
        deadlines=[_deadline(view, one) for one in view.deadlines],
        probation=ProbationOut(first=probation.first, last=probation.last, expires=probation.expires)
        if probation
        else None,
        membership_from=view.membership_from,
    )
    return shown, 200


def _person(person: str | NewPersonSent, branch: str) -> NewPerson | str:
    if isinstance(person, str):
        return person
    return NewPerson(organization=branch, **person.model_dump())


def _item(row: DossierRow) -> DossierItem:
    return DossierItem(**{name: getattr(row, name) for name in DossierItem.model_fields})


def _next(step: Step, people: Mapping[str, str]) -> Next:
    return Next(
        do=step.do,
        purpose=step.purpose,
        to=step.to,
        ready=step.ready,
        findings=findings_out(step.findings, people),
        earliest=step.earliest,
    )


def _deadline(view: DossierView, deadline: Deadline) -> DeadlineOut:
    return DeadlineOut(
        id=deadline.id,
        key=deadline.key,
        due=deadline.due,
        grace=deadline.grace,
        status=deadline.status(present().on),
        why=_why(view, deadline),
        is_provisional=deadline.is_provisional,
    )


def _why(view: DossierView, deadline: Deadline) -> str:
    """The reasons of the page that explains the day, one line each."""
    explanation = explain(deadline, view.facts, view.ground)
    edition = view.ground.edition_on(explanation.last.anchor)
    return "\n".join(labelled(one.title, one.text) for one in reasons_of(explanation, edition))
