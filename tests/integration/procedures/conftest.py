"""What tests of the catalogue may ask for."""

import pytest

from procedures.models import Decision, Leg, Procedure
from tests.factories.catalogues import NAME, NEW_DAY
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure


@pytest.fixture
def decision(db: None) -> Decision:
    return Decision.objects.create(
        number="124/QĐ-UBND",
        issued_on=NEW_DAY,
        issuer="Ủy ban nhân dân tỉnh",
        title="về việc công bố Bộ thủ tục hành chính",
        effective_from=NEW_DAY,
    )


@pytest.fixture
def old(office: Office) -> Procedure:
    """The procedure of ``BASE``, in force since 2015, its result by post."""
    procedure = make_procedure(
        office, code="1.001445", name=NAME, field="Công chức", fee_dong=0
    )
    procedure.eligibilities.get(leg=Leg.INTAKE).delete()
    return procedure
