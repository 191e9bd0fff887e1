"""The report's sentences: the same on the page, on paper, in the messenger and in the terminal. Each takes its words from
`bot/phrases/volunteers/<language>.toml`."""

from __future__ import annotations

from functools import cache

from bot.phrases import Phrases
from bot.phrases.words import Words

from .found import FEWEST, Missed, Need, News, Report, Resting

# How long it is likely to take, in minutes.
MINUTES = {"danger": 20, "tricked": 20, "worry": 2, "person": 10, "stuck": 10}
TOLD_WHERE = ("stuck", "person", "worry")


class ReportWords(Words):
    """The words of one language, and the sentences about what a report found."""

    MINUTES = MINUTES

    def reason(self, need: Need, *, trusted: bool = False) -> str:
        """`trusted`: for the one who took the card, or a coordinator; never on paper."""
        everybody = self.or_other(f"reason.{need.reason}", self("reason.other"))
        return self.or_other(f"reason_told.{need.reason}", everybody) if trusted else everybody

    def headline(self, found: Report) -> str:
        return self.many("today.headline", found.needs_count)

    def order(self, found: Report) -> str:
        return self("today.order" if found.needs else "today.order_none")

    def what_to_do(self, reason: str) -> str:
        return self.or_other(f"please.{reason}", "")

    def where(self, need: Need) -> list[tuple[str, bool]]:
        """What happened there, in parts: (words, whether they stand out)."""
        if need.reason not in TOLD_WHERE or not need.title:
            words = self.what_to_do(need.reason)
            return [(words, False)] if words else []
        number, total = need.number
        key = "say.in_lesson" if not need.step else "say.in_step" if number else "say.in_old_step"
        told = [self(key, lesson=need.title, **({"step": need.step} if need.step else {}), n=number, of=total)]
        if need.misses:
            told.append(self("say.missed", times=self.times(need.misses)))
        if need.reason == "worry":
            told.append(self.what_to_do("worry"))
        return parts(self("say.joint").join(told))

    def about(self, need: Need) -> str:
        """What a visitor should know: the language where it is not their own, the phone."""
        known = []
        if need.language not in ("", self.language):
            known.append(self("say.speaks", language=self.language_name(need.language)))
        if need.system:
            known.append(self("say.phone", phone=self.phone(need.system)))
        return self("say.joint").join(known)

    def phone(self, system: str) -> str:
        return self.or_other(f"system.{system}", system)

    def minutes(self, reason: str) -> int:
        return MINUTES.get(reason, 10)

    def news(self, one: News) -> str:
        """What follows the name."""
        return self(f"say.news_{one.what}", lesson=one.title)

    def resting(self, rest: Resting) -> str:
        return self("say.rest_finished" if rest.finished else "say.rest_was_in", lesson=rest.title)

    def missed(self, step: Missed) -> str:
        # "9 of 10" would tell of one person.
        if step.others_hidden:
            return self("say.nearly_all", of=step.met)
        return self("say.of_people", n=step.missed, of=step.met)

    def few(self, count: int | None) -> str:
        return self("say.few") if count is None else str(count or self("say.none"))

    def unseen(self, found: Report) -> str:
        if not found.unseen:
            return ""
        key = "today.unseen" if found.begun else "today.unseen_alone"
        return self(f"{key}.{'many' if found.unseen >= FEWEST else 'one'}", n=found.unseen)

    def detail(self, noted: str) -> str:
        """What stands beside a note of who looked: a page, or a file as it is called."""
        name = noted.removesuffix(" with names")
        told = self.or_other(f"detail.{name.replace(', ', '_').replace(' ', '_')}", name)
        return told if name == noted else f"{told} ({self('files.with_names')})"

    # The doings before and after a path

    def path(self, path: str) -> str:
        return _tutor_says(f"path.{path}", self.language) or path

    def doing(self, path: str, doing: str) -> str:
        return _tutor_says(f"doing_name.{path}.{doing}", self.language) or doing

    def competence(self, competence: str) -> str:
        return self.or_other(f"competence.{competence.partition(':')[2].replace('.', '_')}", competence)

    def able(self, value: int | None) -> str:
        """Not yet, with help (level 1), by themselves (level 2)."""
        return self("able.not_told") if value is None else self(f"able.{value}")

    def legend(self) -> str:
        few = self("legend.few_means", fewest=FEWEST)
        return self("say.joint").join((self("legend.stuck_means"), few, self("legend.no_ranks")))


def parts(text: str) -> list[tuple[str, bool]]:
    """ "In **Send a photo**." -> ("In ", False), ("Send a photo", True), (".", False)"""
    return [(part, bool(n % 2)) for n, part in enumerate(text.split("**")) if part]


@cache
def _tutor() -> Phrases:
    return Phrases.load()


def _tutor_says(key: str, language: str) -> str:
    """As the learners read it; "" where the tutor has no such words."""
    return _tutor().say(key, language) if _tutor().has(key, "en") else ""


@cache
def words_in(language: str) -> ReportWords:
    """English where there are no words in that language."""
    return ReportWords(language)
