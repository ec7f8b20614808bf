"""The base of every table: names of constraints, and the column type of each of our own types."""

from datetime import date, datetime

from sqlalchemy import TIMESTAMP, BigInteger, Date, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase

from registers.core.codes import CodeKey
from registers.core.identifiers import (
    EntryNumber,
    GpContractId,
    HerId,
    HprNumber,
    MunicipalityNumber,
    NationalId,
    OrganisationNumber,
    PostalCode,
    ReshId,
    Thumbprint,
)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s_check",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: TIMESTAMP(timezone=True),
        date: Date,
        str: Text,
        CodeKey: Text,
        EntryNumber: BigInteger,
        GpContractId: BigInteger,
        HerId: Integer,
        HprNumber: Integer,
        ReshId: Integer,
        MunicipalityNumber: Text,
        NationalId: Text,
        OrganisationNumber: Text,
        PostalCode: Text,
        Thumbprint: Text,
    }
