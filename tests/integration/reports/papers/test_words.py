"""Editing the words: what a person wrote stays, what nobody touched follows."""

from datetime import date

import pytest

from dossiers.statuses import ReturnChannel
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Invalid
from reports import actions
from reports.actions import Word
from reports.actions.outreach import record
from reports.assembling import snapshot_of
from reports.models import OutreachEvent, Report
from reports.narrative.sections import SECTIONS
from reports.paper_text import as_text
from tests.factories.dossiers import at, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.reports import AUTUMN, begin, correct, sign, submit
from tests.integration.dossiers.pages import fields_of
from tests.integration.reports.papers.faults import everything_kept

NOW = at(AUTUMN, 16)
POST_OUT = {"return_channel": ReturnChannel.PUBLIC_POST}
JUNE = date(2020, 6, 1)
HOSTILE = "<script>alert('1')</script> </textarea> {{ 7|add:7 }} \"&amp;"


@pytest.fixture
def work(office: Office) -> Office:
    """One dossier by post, one procedure that nobody used."""
    procedure = make_procedure(office, code="1.000001", name="Xếp lương")
    make_procedure(office, code="1.000002", name="Lập hội")
    receive(office, procedure, on=JUNE, **POST_OUT)
    return office


@pytest.fixture
def writer(sign_in):
    return sign_in(Role.CATALOGUE_MANAGER)


def address(report: Report) -> str:
    return f"{report.get_absolute_url()}words/"


def save(report: Report, office: Office, *words: Word) -> Report:
    report.refresh_from_db()
    return actions.save_words(
        report, words, by=office.leader, at=NOW, seen=report.revision
    )


def paper(report: Report) -> str:
    report = Report.objects.get(pk=report.pk)
    return as_text(snapshot_of(report, today=AUTUMN).paper)


def another(office: Office) -> None:
    """One more by post, of the procedure that nobody used before."""
    procedure = office.agency.procedures.get(code="1.000002")
    receive(office, procedure, on=JUNE, **POST_OUT)


def tell(office: Office) -> OutreachEvent:
    event = OutreachEvent(
        organisation=office.agency,
        kind=OutreachEvent.Kind.BRIEFING,
        held_on=JUNE,
        title="quán triệt Quyết định số 45",
        reached=58,
    )
    return record(event, by=office.catalogue_manager, at=NOW)


def test_a_page_sent_back_unchanged_marks_nothing_as_edited(work, writer):
    report = begin(work)
    texts = list(report.paragraphs.values_list("origin", "text", "position"))

    answer = writer.post(address(report), fields_of(writer.get(address(report))))

    assert answer.status_code == 302
    assert not report.paragraphs.filter(is_edited=True).exists()
    assert not report.paragraphs.filter(is_dropped=True).exists()
    kept = list(report.paragraphs.values_list("origin", "text"))
    assert kept == [(origin, text) for origin, text, _position in texts]


def test_what_nobody_edited_follows_the_figures(work):
    report = begin(work)
    assert "01/01 (100,00%) hồ sơ có ít nhất một chiều" in paper(report)
    assert "chưa phát sinh hồ sơ: Lập hội." in paper(report)

    another(work)

    assert "02/02 (100,00%) hồ sơ có ít nhất một chiều" in paper(report)
    assert "1) Xếp lương (01 hồ sơ); 2) Lập hội (01 hồ sơ)." in paper(report)
    assert "chưa phát sinh hồ sơ: Lập hội." not in paper(report)


def test_what_was_edited_stays_and_its_figures_still_follow(work):
    report = begin(work)
    words = "Sở đã nhận {2020-H1:received} hồ sơ, đúng như dự kiến."
    report = save(report, work, Word("results", words, key="headline"))

    assert "Sở đã nhận 01 hồ sơ, đúng như dự kiến." in paper(report)
    another(work)
    assert "Sở đã nhận 02 hồ sơ, đúng như dự kiến." in paper(report)
    assert "ít nhất một chiều qua dịch vụ bưu chính công ích." not in paper(report)
    submit(report, work)
    assert report.paragraphs.get(origin="headline").text == words


@pytest.mark.parametrize(
    "word",
    [
        pytest.param(Word("closing", "", key="closing"), id="emptied"),
        pytest.param(
            Word("closing", "Trân trọng.", key="closing", is_dropped=True), id="ticked"
        ),
    ],
)
def test_what_was_dropped_stays_away_until_it_is_wanted(work, word):
    report = begin(work)
    assert "tổng hợp theo quy định./." in paper(report)
    report = save(report, work, word)

    for _ in range(2):
        assert "tổng hợp theo quy định" not in paper(report)
        assert "Trân trọng" not in paper(report)
        another(work)
    report = submit(report, work)
    assert "tổng hợp theo quy định" not in paper(report)

    actions.take_back(report, by=work.leader, at=NOW)
    dropped = report.paragraphs.get(origin="closing")
    report = save(report, work, Word("closing", dropped.text, key="closing"))
    assert dropped.text in paper(report)


def test_a_dropped_first_citation_is_given_in_full_by_the_next(work):
    letter = work.agency.catalogue_decisions.model.objects.create(
        kind="letter",
        number="4208/UBND-KGVT",
        issued_on=date(2020, 9, 22),
        issuer="Chủ tịch UBND tỉnh",
        title="về việc báo cáo",
        effective_from=date(2020, 9, 22),
    )
    report = begin(work, request_letter=letter)
    cited = f"Theo {{doc:{letter.pk}}}."
    report = save(report, work, Word("tasks", cited))
    assert "Theo Công văn số 4208/UBND-KGVT." in paper(report)

    report = save(report, work, Word("opening", "", key="request"))

    assert f"Theo {letter.citation}." in paper(report)


def test_words_of_ones_own_stand_at_the_end_of_their_section_in_order(work, writer):
    report = begin(work)
    fields = fields_of(writer.get(address(report)))
    fields |= {
        "new-tasks-0": "Một.",
        "new-tasks-1": "  Hai.  \n\n  Và ba. ",
        "new-proposals-1": "Bốn.",
    }
    writer.post(address(report), fields)

    own = report.paragraphs.filter(origin="")
    assert list(own.values_list("text", "is_edited")) == [
        ("Bốn.", True),
        ("Một.", True),
        ("Hai.\nVà ba.", True),
    ]
    text = paper(report)
    places = [text.index(x) for x in ("Tiếp tục niêm yết", "Một.", "Hai.", "Và ba.")]
    assert places == sorted(places)
    assert places[-1] < text.index("Bốn.")


def test_a_sentence_that_comes_later_stands_before_words_of_ones_own(work, writer):
    """Recorded in the ledger after the draft was begun and edited."""
    report = begin(work)
    fields = fields_of(writer.get(address(report)))
    writer.post(address(report), fields | {"new-outreach-0": "Lời riêng."})
    assert "chưa có đợt tuyên truyền nào" in paper(report)
    tell(work)

    text = paper(report)

    assert "chưa có đợt tuyên truyền nào" not in text
    assert text.index("đã tổ chức 01 đợt") < text.index("Lời riêng.")


def test_a_sentence_that_came_since_is_on_the_page_and_can_be_edited(work, writer):
    report = begin(work)
    tell(work)

    fields = fields_of(writer.get(address(report)))

    assert "text-no_events" not in fields
    assert "{2020-H1:outreach}" in fields["text-events"].replace("whole", "2020-H1")
    fields["text-events"] = "Đã quán triệt đầy đủ."
    assert writer.post(address(report), fields).status_code == 302
    assert "Đã quán triệt đầy đủ." in paper(report)
    assert list(
        report.paragraphs.filter(is_edited=True).values_list("origin", flat=True)
    ) == ["events"]


def test_what_was_on_the_page_before_a_figure_changed_goes_on_following(work, writer):
    report = begin(work)
    fields = fields_of(writer.get(address(report)))
    another(work)  # writes other procedures into the sentences shown

    assert writer.post(address(report), fields).status_code == 302

    assert not report.paragraphs.filter(is_edited=True).exists()
    assert "2) Lập hội (01 hồ sơ)" in paper(report)
    assert "chưa phát sinh hồ sơ: Lập hội" not in paper(report)


def test_a_page_opened_after_a_figure_changed_is_sent_back_unchanged(work, writer):
    """What it shows is newer than what was stored when the draft was begun."""
    report = begin(work)
    another(work)
    fields = fields_of(writer.get(address(report)))
    assert "2) Lập hội" in fields["text-used"]
    assert "text-unused" not in fields

    assert writer.post(address(report), fields).status_code == 302

    assert not report.paragraphs.filter(is_edited=True).exists()
    assert not report.paragraphs.filter(origin="unused").exists()


def test_a_sentence_edited_while_it_fell_silent_is_kept(work, writer):
    report = begin(work)
    fields = fields_of(writer.get(address(report)))
    fields["text-unused"] = "Thủ tục lập hội chưa có hồ sơ."
    another(work)

    writer.post(address(report), fields)

    assert "Thủ tục lập hội chưa có hồ sơ." in paper(report)


def test_an_unknown_reference_is_refused_and_everything_typed_is_still_there(
    work, writer
):
    report = begin(work)
    fields = fields_of(writer.get(address(report)))
    fields["text-closing"] = "Xin cảm ơn./."
    fields["text-headline"] = "Đã nhận {2018:received} hồ sơ."
    fields["new-tasks-0"] = "Một việc khác."
    fields["drop-legs"] = "on"
    before = everything_kept()

    answer = writer.post(address(report), fields)

    assert answer.status_code == 422
    assert "{2018:received} stands for no figure" in answer.text
    assert fields_of(answer) == fields
    assert everything_kept() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([Word("tasks", "{2020-H1:nothing}")], "stands for no figure"),
        ([Word("tasks", "{2020-H1: received}")], "stands for no figure"),
        ([Word("tasks", "{doc:77}")], "stands for no figure"),
        ([Word("tasks", "còn {2020-H1:received")], "stands for no figure"),
        ([Word("situation.", "Một.")], "no section"),
        ([Word("tasks", "x" * 10_001)], "longer than"),
    ],
)
def test_words_that_cannot_be_kept_leave_nothing(work, words, sentence):
    report = begin(work)
    before = everything_kept()

    with pytest.raises(Invalid, match=sentence):
        save(report, work, Word("tasks", "Trước đó."), *words)
    assert everything_kept() == before


def test_a_dropped_paragraph_may_hold_what_stands_for_nothing(work):
    bad = Word("results", "{2018:received}", key="headline", is_dropped=True)

    report = save(begin(work), work, bad)

    assert "2018" not in paper(report)


def test_when_somebody_else_saved_meanwhile_what_was_typed_is_still_there(work, writer):
    report = begin(work)
    fields = fields_of(writer.get(address(report)))
    save(report, work, Word("tasks", "Của người khác."))
    fields["new-tasks-0"] = "Của tôi."
    before = everything_kept()

    answer = writer.post(address(report), fields)

    assert answer.status_code == 422
    assert "Somebody else has changed this report" in answer.text
    assert fields_of(answer)["new-tasks-0"] == "Của tôi."
    assert everything_kept() == before
    # Sent again as it is, it is refused again.
    assert writer.post(address(report), fields_of(answer)).status_code == 422


def test_a_paragraph_is_written_anew_and_the_others_are_saved(work, writer):
    report = save(
        begin(work),
        work,
        Word("closing", "Tự viết.", key="closing"),
        Word("tasks", "Tự viết nữa.", key="inform"),
    )
    page = writer.get(address(report))
    assert page.text.count("Write anew from the figures") == 2
    fields = fields_of(page)
    fields |= {"origin": "closing", "new-tasks-0": "Vừa gõ xong."}

    answer = writer.post(address(report), fields, follow=True)

    assert "The paragraph was written anew." in answer.text
    text = paper(report)
    assert "Tự viết." not in text
    assert "tổng hợp theo quy định./." in text
    assert "Tự viết nữa." in text
    assert "Vừa gõ xong." in text


def test_nothing_typed_is_lost_when_writing_anew_is_refused(work, writer):
    report = save(begin(work), work, Word("closing", "Tự viết.", key="closing"))
    fields = fields_of(writer.get(address(report)))
    fields |= {"origin": "closing", "new-tasks-0": "Còn {sai}."}
    before = everything_kept()

    answer = writer.post(address(report), fields)

    assert answer.status_code == 422
    assert fields_of(answer)["new-tasks-0"] == "Còn {sai}."
    assert everything_kept() == before


def test_the_first_button_of_the_page_saves(work, writer):
    """Enter in a box presses the first button; it must not throw words away."""
    report = save(begin(work), work, Word("opening", "Tự viết.", key="request"))

    page = writer.get(address(report)).text
    form = page[page.index('class="words-form"') :]

    first = form[form.index("<button") : form.index("</button>")]
    assert "Save" in first
    assert "origin" not in first


def test_hostile_words_are_only_words_everywhere(work, writer):
    plain = HOSTILE.replace("{{ 7|add:7 }}", "")
    report = save(begin(work), work, Word("tasks", plain))

    for page in (
        writer.get(address(report)).text,
        writer.get(report.get_absolute_url()).text,
    ):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;" in page
    assert plain.strip() in fields_of(writer.get(address(report))).values()
    assert writer.get(f"{report.get_absolute_url()}report.docx").status_code == 200


def test_brackets_of_a_template_are_refused_as_references(work, writer):
    report = begin(work)
    fields = fields_of(writer.get(address(report))) | {"new-tasks-0": HOSTILE}

    answer = writer.post(address(report), fields)

    assert answer.status_code == 422
    assert fields_of(answer)["new-tasks-0"] == HOSTILE
    assert "<script>alert" not in answer.text


def test_the_palette_offers_every_figure_of_every_period_and_the_documents(
    work, writer
):
    decision = work.agency.catalogue_decisions.model.objects.create(
        number="104/QĐ-UBND",
        issued_on=date(2020, 1, 17),
        issuer="Chủ tịch UBND tỉnh",
        title="công bố danh mục",
        effective_from=date(2020, 1, 17),
    )
    report = begin(work, "2019", "2020-9M", legal_bases=[decision])

    page = writer.get(address(report)).text

    for reference in (
        "{2019:by_post_ratio}",
        "{2020-9M:received}",
        "{whole:both.postage_mean}",
        f"{{doc:{decision.pk}}}",
    ):
        assert f'data-reference="{reference}"' in page
    assert page.count("<summary>") >= 4
    assert "<summary>Cả kỳ</summary>" in page


def test_every_section_can_be_written_in(work, writer):
    fields = fields_of(writer.get(address(begin(work))))

    for section in SECTIONS.values():
        if section.title or section.key in ("opening", "closing"):
            is_offered = f"new-{section.key}-0" in fields
            assert is_offered == (section.key != "situation")


@pytest.mark.parametrize("text", ["", "x" * 9_999, "Dòng một\r\nDòng hai\r\n"])
def test_line_ends_and_sizes_of_browsers_are_taken(work, text):
    report = save(begin(work), work, Word("tasks", text))

    kept = report.paragraphs.filter(origin="").first()
    expected = text.replace("\r\n", "\n").strip()
    assert (kept.text if kept else "") == expected


def test_a_new_version_keeps_its_words_when_it_is_edited(work):
    report = save(begin(work), work, Word("tasks", "Riêng."))
    first = sign(report, work)
    second = correct(first, work)

    save(second, work, Word("tasks", "Thêm nữa."))

    assert "Riêng." in paper(second)
    assert "Thêm nữa." in paper(second)
    assert "Thêm nữa." not in paper(first)


def test_words_of_another_report_are_not_taken_over(work):
    other = save(begin(work), work, Word("tasks", "Của bản kia."))
    theirs = other.paragraphs.get(origin="")
    report = begin(work)

    save(report, work, Word("tasks", "Chiếm lấy.", key=theirs.key))

    theirs.refresh_from_db()
    assert theirs.text == "Của bản kia."
    assert "Chiếm lấy." in paper(report)


def test_what_was_seen_is_checked_before_anything_is_written(work):
    report = begin(work)
    before = everything_kept()

    with pytest.raises(Conflict):
        actions.save_words(
            report, [Word("tasks", "Một.")], by=work.leader, at=NOW, seen=99
        )
    assert everything_kept() == before
