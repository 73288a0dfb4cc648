"""What all tables share: names of constraints, and instants as whole microseconds."""

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, Dialect, ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from recruit.ids import instant, microseconds


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored as whole microseconds since 1970 (UTC)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else microseconds(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, ANN401 - as above
        return None if value is None else instant(value)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map = {datetime: Instant()}  # noqa: RUF012 - read once by SQLAlchemy


Key = Annotated[str, mapped_column(String(26), primary_key=True)]
OrganizationKey = Annotated[str, mapped_column(String(26), ForeignKey("organization.id"))]
PersonKey = Annotated[str, mapped_column(String(26), ForeignKey("person.id"))]
UserKey = Annotated[str, mapped_column(String(26), ForeignKey("user.id"))]
DossierKey = Annotated[str, mapped_column(String(26), ForeignKey("dossier.id"))]
