"""The forms of the visitor's addresses."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from recruit.queries.addresses import AddressRow
from recruit.recipients import MAIL, PERSONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressForm:
    """`state`: whether it is used, in words; `is_usable`: the installation can send there at all."""

    channel: str
    title: str
    label: str
    hint: str
    kind: str
    autocomplete: str
    action: str
    value: str
    problem: str
    is_known: bool
    is_on: bool
    is_usable: bool


def address_forms(
    rows: Sequence[AddressRow], channels: Collection[str], refused: Mapping[str, tuple[str, str]]
) -> list[AddressForm]:
    """One for each way; `refused`: what was entered, and why it was not taken."""
    known = {row.channel: row for row in rows}
    return [_form(channel, known.get(channel), channel in channels, refused) for channel in PERSONAL]


def _form(
    channel: str,
    row: AddressRow | None,
    is_usable: bool,  # noqa: FBT001 - one of two words of the same row
    refused: Mapping[str, tuple[str, str]],
) -> AddressForm:
    is_mail = channel == MAIL
    value, problem = refused.get(channel, (row.address if row else "", ""))
    return AddressForm(
        channel=channel,
        title=_("E-mail") if is_mail else _("Short messages"),
        label=_("E-mail address") if is_mail else _("Mobile number"),
        hint=_("Such as name@example.cn") if is_mail else _("Digits only; a foreign one begins with +"),
        kind="email" if is_mail else "tel",
        autocomplete="email" if is_mail else "tel",
        action=url_for("me.address", channel=channel),
        value=value,
        problem=problem,
        is_known=row is not None,
        is_on=row is not None and row.is_on,
        is_usable=is_usable,
    )
