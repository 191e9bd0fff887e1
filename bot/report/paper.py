"""The first screen as a PDF, for whoever wants it as a file: the same sentences, black on white."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files

from fpdf import FPDF
from fpdf.enums import WrapMode

from .found import Report
from .words import TOLD_WHERE, ReportWords, words_in

FONT_FOLDER = files("media") / "fonts"
LEFT, WIDE = 16.0, 178.0  # millimetres


def as_pdf(found: Report, place: str, *, language: str = "en") -> bytes:
    """A4. Names and reasons stand as everybody may read them."""
    words = words_in(language)
    sheet = _Sheet(found.at, place, words)
    sheet.heading(words.headline(found), 20)
    sheet.text(words.order(found))
    for need in found.needs:
        sheet.need(words("say.need_head", who=need.who, reason=words.reason(need), since=words.since(need.since, found.at)), words("say.joint").join(
            part for part in ("".join(said for said, _ in words.where(need)) if need.reason in TOLD_WHERE else "",
                              words.about(need), words("say.with", name=need.taker) if need.taker else "") if part
        ))  # fmt: skip
    if found.needs_count > len(found.needs):
        sheet.text(words("say.more", n=found.needs_count - len(found.needs)))
    sheet.part(words("today.news"), [f"{one.who} {words.news(one)}" for one in found.good_news])
    resting = [
        words("say.rest_line", who=one.who, since=words.since(one.since, found.at), where=words.resting(one))
        for one in found.resting
    ]
    sheet.part(words("today.resting"), resting)
    sheet.part(words("today.missed"), [f"{s.step} ({s.title}): {words.missed(s)}" for s in found.missed])
    counts = (
        (c.centre, words.few(c.people), words.few(c.need_help), words.few(c.finished_lessons)) for c in found.centres
    )
    sheet.part(
        words("centres.title"),
        [words("files.centre_line", centre=c, people=p, need=n, finished=f) for c, p, n, f in counts],
    )
    sheet.text(words("say.joint").join((words.unseen(found), words.legend())).strip(), 10)
    return bytes(sheet.pdf.output())


class _Sheet:
    def __init__(self, at: datetime, place: str, words: ReportWords) -> None:
        self.pdf = pdf = FPDF(format="A4")
        # Chinese has no spaces to break a line at.
        self._wrap = WrapMode.CHAR if words.language == "zh" else WrapMode.WORD
        pdf.set_title(words("files.today_title"))
        pdf.set_lang(words.language)
        pdf.set_author("Handrail")
        pdf.set_creation_date(at)
        pdf.set_margins(LEFT, 16)
        pdf.set_auto_page_break(True, 16)
        for style, name in (("", "Roboto-Regular.ttf"), ("B", "Roboto-Bold.ttf")):
            pdf.add_font("main", style, str(FONT_FOLDER / name))
        for style, name in (("", "NotoSansSC-Regular.otf"), ("B", "NotoSansSC-Bold.otf")):
            pdf.add_font("beside", style, str(FONT_FOLDER / name))
        pdf.set_fallback_fonts(["beside"], exact_match=True)
        pdf.add_page()
        self.text(f"{words('page.place_and_day', place=place, day=words.day(at))}, {words.clock(at)}", 11)

    def heading(self, text: str, size: int = 14) -> None:
        self.pdf.ln(3)
        self._say(text, size, "B")
        self.pdf.ln(1)

    def text(self, text: str, size: int = 12) -> None:
        self._say(text, size)

    def need(self, head: str, rest: str) -> None:
        pdf = self.pdf
        pdf.ln(2)
        if pdf.will_page_break(5.8 * 4):
            pdf.add_page()
        pdf.rect(LEFT, pdf.get_y() + 0.6, 4.6, 4.6)
        for text, style in ((head, "B"), (rest, "")):
            if text:
                pdf.set_font("main", style, 12)
                pdf.set_x(LEFT + 9)
                pdf.multi_cell(WIDE - 9, 5.8, text, align="L", new_x="LMARGIN", new_y="NEXT", wrapmode=self._wrap)

    def part(self, title: str, sentences: list[str]) -> None:
        if sentences:
            self.heading(title)
            for sentence in sentences:
                self._say(f"–  {sentence}", 12)

    def _say(self, text: str, size: int, style: str = "") -> None:
        self.pdf.set_font("main", style, size)
        self.pdf.multi_cell(WIDE, size * 0.48, text, align="L", new_x="LMARGIN", new_y="NEXT", wrapmode=self._wrap)
