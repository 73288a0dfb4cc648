"""A telephone call about a reminder: it stands with the messages that were sent."""

from dataclasses import dataclass

from sqlalchemy import func, insert, select

from recruit.context import Context
from recruit.errors import BadInput, problem
from recruit.ids import new_id
from recruit.queries.calls import PHONE, call_sheet
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.tables import Delivery, Outbox

ANSWERED, NO_ANSWER = "answered", "no_answer"
SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCall:
    """`reminder` and `whom` as the call sheet lists them."""

    reminder: str
    whom: str
    answered: bool


@repeated
def record_call(context: Context, record: RecordCall) -> None:
    """Every call is kept, also one that nobody took.

    Raises `BadInput` for what is not on the actor's sheet.
    """
    listed = {(one.reminder, one.whom): one for one in call_sheet(context)}
    call = listed.get((record.reminder, record.whom))
    if call is None:
        raise BadInput(problem("whom", "not_to_be_rung"))
    with context.record.writing() as connection:
        one_at_a_time(connection, call.place)
        outbox = connection.execute(select(Outbox.id).where(Outbox.key == call.place)).scalar()
        if outbox is None:
            outbox = new_id(context.now)
            connection.execute(
                insert(Outbox).values(
                    id=outbox,
                    subject=f"reminder/{call.reminder}",
                    channel=PHONE,
                    recipient=call.whom,
                    template="call",
                    key=call.place,
                    not_before=context.now,
                    state=SENT,
                    sent_at=context.now,
                )
            )
        last = connection.execute(select(func.max(Delivery.number)).where(Delivery.outbox == outbox)).scalar()
        connection.execute(
            insert(Delivery).values(
                id=new_id(context.now),
                outbox=outbox,
                number=(last or 0) + 1,
                at=context.now,
                result=ANSWERED if record.answered else NO_ANSWER,
                by=context.actor.user_id,
            )
        )
