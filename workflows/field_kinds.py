"""The details that an act may carry: the type of each, its choices, and which of them is content.

A detail (date, count, id, enumeration, flag, form number) is hashed in clear and folded; content (free
text, names) is kept encrypted beside it and never folded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FieldType = Literal[
    "date", "count", "flag", "choice", "choices", "ids", "number", "time", "text", "dates", "act"
]

PURPOSES = ("target", "admission", "conversion")
VOTES = ("admission", "conversion", "extension", "cancellation")
OF_ONES_OWN = frozenset({"category", "channel", "education", "paper"})
OPEN_STAGES = ("applicant", "activist", "probation")


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    type: FieldType
    choices: tuple[str, ...] = ()
    required: bool = False
    content: bool = False

    @property
    def takes_any_word(self) -> bool:
        """Whether its choices are only the usual ones: local rules name papers of their own."""
        return self.name in OF_ONES_OWN


def _field(name: str, type_: FieldType, *choices: str, required: bool = False) -> Field:
    return Field(name, type_, choices, required, content=type_ == "text")


FIELDS: Mapping[str, Field] = {
    f.name: f
    for f in (
        _field("abstain", "count"),
        _field("act", "count", required=True),
        _field("against", "count"),
        _field("approved", "flag"),
        _field("attachments", "ids"),
        _field("body", "choice", "branch_committee", "general_meeting"),
        _field("carried", "dates"),
        _field(
            "category", "choice", "institution", "farmer_herder", "school", "enterprise", "student", "other"
        ),
        _field("channel", "choice", "letter", "telephone", "visit", "web", "other"),
        _field(
            "committee_body",
            "choice",
            "township",
            "subdistrict",
            "county",
            "primary_under_township",
            "general_branch",
            "temporary",
            "leading_group",
        ),
        _field("contacts", "ids", required=True),
        _field("course", "choice", "activist_course", "pre_admission", required=True),
        _field("dated", "flag"),
        _field("days", "count"),
        _field(
            "education", "choice", "primary", "junior_high", "senior_high", "college", "bachelor", "master"
        ),
        _field("entitled", "count", required=True),
        _field("excluded", "ids"),
        _field("floating", "flag"),
        _field("for", "count"),
        _field("from", "date", required=True),
        _field("from_whom", "choices", "group", "contacts", "members", "masses", required=True),
        _field("hours", "count"),
        _field("inquiry", "number"),
        _field("inquiry_to", "text"),
        _field("invalid", "count"),
        _field("league_member", "flag"),
        _field("leaves_on", "date"),
        _field("members", "count"),
        _field("missing", "text"),
        _field("months", "count"),
        _field("named", "flag"),
        _field("note", "text"),
        _field("number", "number", required=True),
        _field("objection", "count", required=True),
        _field("pages", "count"),
        _field(
            "paper",
            "choice",
            "application_letter",
            "activist_register",
            "thought_report",
            "political_review",
            "autobiography",
            "league_recommendation",
            "minutes",
            "other",
            required=True,
        ),
        _field("passed", "flag"),
        _field("place", "choice", "home", "stay"),
        _field("places", "choices", "household", "residence"),
        _field("present", "count"),
        _field("purpose", "choice", required=True),
        _field("qualified", "flag"),
        _field("reason", "text"),
        _field("replacement", "act"),
        _field("resolution", "choices", "performance", "entitled", "present", "result", "date", "signature"),
        _field("result", "text"),
        _field("secret", "flag"),
        _field("sha256", "number"),
        _field("signed", "flag"),
        _field("source", "choice", "members", "league", "union", "women", required=True),
        _field("sponsors", "ids", required=True),
        _field("stage", "choice", *OPEN_STAGES, required=True),
        _field("talker", "text"),
        _field("talker_is", "choice", "committee_member", "organizer", required=True),
        _field("time", "time"),
        _field("to", "date", required=True),
        _field("to_branch", "number", required=True),
        _field("until", "date", required=True),
        _field("upheld", "flag", required=True),
        _field("votes", "count"),
        _field("where", "text"),
        _field("written_abstain", "count"),
        _field("written_against", "count"),
        _field("written_for", "count"),
    )
}

_PURPOSES: Mapping[str, tuple[str, ...]] = {
    "notice_posted": PURPOSES,
    "notice_closed": PURPOSES,
    "objection_received": (*PURPOSES, "letter"),
    "meeting_voted": VOTES,
    "committee_decided": VOTES,
}
REASON_REQUIRED = frozenset(
    {
        "activist_removed",
        "target_removed",
        "closed",
        "approval_prolonged",
        "suspended",
        "recognition_refused",
        "corrected",
    }
)


def field_of(do: str, name: str) -> Field:
    """The field `name` as the act `do` has it: its purposes are its own. Unknown name: KeyError."""
    field = FIELDS[name]
    if name == "purpose":
        return Field(name, "choice", _PURPOSES[do], required=True)
    if name == "reason" and do in REASON_REQUIRED:
        return Field(name, "text", required=True, content=True)
    return field
