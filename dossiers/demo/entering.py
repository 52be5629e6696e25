"""How the dossiers of the demo come in: at the counter, or with the postman."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from dossiers import actions
from dossiers.demo.agenda import Journey
from dossiers.demo.catalogue import BY_POST
from dossiers.demo.meetings import Load, Meetings
from dossiers.demo.mishaps import NOT_THERE
from dossiers.demo.moments import at
from dossiers.demo.people import Applicant, People
from dossiers.demo.scene import Scene, route_to, seal_of
from dossiers.demo.stories import Receipt, Story
from dossiers.item_numbers import check_digit
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import IntakeChannel, ReturnChannel, WhyNotPost
from procedures.models import Leg, Procedure, RequiredPaper

# Why people fetch the result themselves though the post was offered, in
# hundredths; the rest were not asked.
WHY_NOT = {
    WhyNotPost.FEAR: 38,
    WhyNotPost.UNAWARE: 14,
    WhyNotPost.NEARBY: 12,
    WhyNotPost.SLOW: 10,
    WhyNotPost.COST: 8,
    WhyNotPost.OTHER: 2,
    "": 16,
}
# An envelope for another office that was brought along.
STRAY = f"EA99009999{check_digit('99009999')}VN"
NOT_OURS = "Bưu gửi của Sở Tư pháp, bưu tá mang về giao đúng địa chỉ."


class Entry:
    """Writes applicants and papers down, and takes the dossier in."""

    def __init__(
        self,
        scene: Scene,
        meetings: Meetings,
        procedures: Mapping[tuple[str, date], Procedure],
    ) -> None:
        self._scene = scene
        self._meetings = meetings
        self._procedures = procedures
        self._people = People(scene.rng)
        self._together: Applicant | None = None
        self._papers: dict[int, list[RequiredPaper]] = {}
        for paper in RequiredPaper.objects.filter(
            procedure__in=procedures.values()
        ).order_by("procedure", "position"):
            self._papers.setdefault(paper.procedure_id, []).append(paper)

    def come_in(self, receipt: Receipt) -> Journey:
        """Until it has been received, which is the answer."""
        if receipt.intake == IntakeChannel.PUBLIC_POST:
            dossier = yield from self._announce(receipt)
            yield from self._be_brought(dossier, receipt)
            dossier.refresh_from_db()
            return dossier
        yield receipt.at
        draft = self._draft(receipt)
        return actions.receive(
            draft,
            by=self._scene.office.clerk,
            at=receipt.at,
            papers=self._listed(draft.procedure),
        )

    def _announce(self, receipt: Receipt) -> Journey:
        """The day before, the post takes it in and seals it."""
        scene, clerk = self._scene, self._scene.office.postal_clerk
        day = scene.hours.working_day_before(timezone.localdate(receipt.at))
        posted_at = at(day, scene.rng.choice((14, 15)), scene.rng.randrange(60))
        yield posted_at
        number = scene.item_number()
        draft = self._draft(receipt)
        item = PostalItem(
            number=number,
            leg=Leg.INTAKE,
            seal_number=seal_of(number),
            route=route_to(draft.applicant_address),
            postage_dong=scene.postage(),
        )
        dossier = actions.register(
            draft,
            by=clerk,
            at=posted_at,
            papers=self._listed(draft.procedure),
            item=item,
        )
        yield at(day, 17, 40)
        actions.record_news(
            PostalItem.objects.get(number=number, leg=Leg.INTAKE),
            ItemStatus.IN_TRANSIT,
            by=clerk,
            at=at(day, 17, 40),
        )
        return dossier

    def _be_brought(self, dossier: Dossier, receipt: Receipt) -> Journey:
        """Minutes of the day bring it in; its clock starts at the signature."""
        item = dossier.postal_items.get(leg=Leg.INTAKE)
        seal = item.seal_number
        load = Load(item.number, facts={"seal_number": seal})
        if Story.SEAL in receipt.stories:
            load.facts["seal_number"] = f"{seal[:-2]}{seal[-1]}{seal[-2]}"
        if Story.LOST in receipt.stories:
            load.missing = 1
            load.facts |= {"is_complete": False, "note": NOT_THERE}
        meeting = self._meetings.on(receipt.at)
        meeting.coming.append(load)
        if Story.SET_ASIDE in receipt.stories:
            facts = {"set_aside": True, "note": NOT_OURS}
            meeting.coming.append(Load(STRAY, facts=facts))
        yield receipt.at + timedelta(minutes=5)

    def _listed(self, procedure: Procedure) -> list[Paper]:
        return [
            Paper(
                name=paper.name,
                form=paper.form,
                quantity=paper.quantity,
                sheets=self._scene.rng.randint(1, 6),
            )
            for paper in self._papers[procedure.pk]
        ]

    def _draft(self, receipt: Receipt) -> Dossier:
        version = receipt.row.version(timezone.localdate(receipt.at))
        applicant = self._applicant(receipt)
        draft = Dossier(
            procedure=self._procedures[receipt.row.code, version.start],
            received_at=receipt.at,
            intake_channel=receipt.intake,
            return_channel=receipt.returned,
            applicant_kind=applicant.kind,
            applicant_name=applicant.name,
            applicant_id_number=applicant.id_number,
            applicant_phone=applicant.phone,
            applicant_email=applicant.email,
            applicant_address=applicant.address,
            representative_name=applicant.representative,
        )
        if receipt.returned == ReturnChannel.PUBLIC_POST:
            draft.return_name = applicant.name
            draft.return_phone = applicant.phone
            draft.return_address = applicant.address
        elif receipt.returned == ReturnChannel.COUNTER and receipt.row.post == BY_POST:
            draft.why_not_post = self._scene.rng.choices(
                list(WHY_NOT), list(WHY_NOT.values())
            )[0]
        return draft

    def _applicant(self, receipt: Receipt) -> Applicant:
        """The next one; the commune whose results go together asks twice."""
        if Story.TOGETHER not in receipt.stories:
            return self._people.applicant(receipt.row.asks)
        if self._together is None:
            self._together = self._people.applicant("commune itself")
        return self._together
