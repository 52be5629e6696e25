"""What a clerk sends from the entry page."""

from procedures.models import Procedure


def typed(procedure: Procedure | str, **changes: str | None) -> dict[str, str]:
    """A lawful dossier handed in at the counter, with changes; None sends nothing."""
    fields = {
        "procedure_code": getattr(procedure, "code", procedure),
        "sets": "1",
        "intake_channel": "counter",
        "received_on": "01/06/2020",
        "received_time": "09:00",
        "item_number": "",
        "applicant_kind": "person",
        "applicant_name": "Nguyễn Văn A",
        "applicant_phone": "0912 345 678",
        "applicant_address": "Số 1 đường Hùng Vương",
        "applicant_id_number": "024090000001",
        "applicant_email": "a@example.vn",
        "representative_name": "",
        "representative_phone": "",
        "representative_id_number": "",
        "return_channel": "counter",
        "return_same_as_applicant": "on",
        "return_name": "",
        "return_phone": "",
        "return_address": "",
        "note": "",
        "papers_for": "",
        "accepted_doubts": "",
        **papers("Bằng tốt nghiệp"),
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def papers(*names: str, **first: str) -> dict[str, str]:
    """The lines of papers; ``first`` changes the first one."""
    fields = {
        "papers-TOTAL_FORMS": str(len(names)),
        "papers-INITIAL_FORMS": "0",
        "papers-MIN_NUM_FORMS": "0",
        "papers-MAX_NUM_FORMS": "50",
    }
    for number, name in enumerate(names):
        line = {"name": name, "form": "original", "quantity": "1", "sheets": ""}
        if number == 0:
            line |= first
        fields |= {f"papers-{number}-{key}": value for key, value in line.items()}
    return fields
