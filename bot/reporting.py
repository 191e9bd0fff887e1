"""Joins the report's parts: its pages, the messenger, the morning messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import cached_property

from starlette.routing import BaseRoute

from bot.channels.report import ClassHouse, HandOver, ReportHouse, report_routes
from bot.classes import Classes
from bot.commands.lesson_print import card_of
from bot.commands.report import lesson_facts, lesson_paths
from bot.house import LESSONS, House
from bot.messages import Reply
from bot.people import People, Volunteer
from bot.people.first_minutes import FirstLesson, FirstStep
from bot.report import Lessons
from bot.report_desk import ReportDesk
from bot.store import Parcel, Store, Waiting
from lessons.for_volunteers import FIRST_MINUTES, for_volunteers
from lessons.model import Lesson, text_of
from media.badge import badge_picture, certificate_of
from media.card import pdf_of
from media.studio import Studio

LOCAL = ("127.0.0.1", "localhost", "::1")


def class_house(house: House, classes: Classes, studio: Studio, telegram: Callable[[], str]) -> ClassHouse:
    """What the pages of a class are made of; `telegram` says the bot's name, "" where there is none."""

    def card(lesson: Lesson, maker: str, centre: str) -> bytes:
        words = card_of(lesson, house.screens, house.phrases, maker, house.centres.get(centre))
        return pdf_of(words, house.screens, LESSONS)

    return ClassHouse(
        classes, house.catalogue, house.screens, house.phrases, lambda picture: studio.picture(picture, crop=True), card,
        telegram, only_here=house.settings.host in LOCAL and not house.settings.public_url,
    )  # fmt: skip


class Reporting:
    """`hand_out` is told what waits to be sent; `hand_over`: whoever carries a person into a learner's chat."""

    def __init__(
        self, house: House, store: Store, people: People, hand_out: Callable[[list[Parcel]], Awaitable[None]],
        clock: Callable[[], datetime], hand_over: HandOver | None = None, classes: ClassHouse | None = None,
    ) -> None:  # fmt: skip
        self._classes = classes
        self._house, self._store, self._people, self._clock, self._hand_over = house, store, people, clock, hand_over
        self._desk = ReportDesk(
            store,
            people,
            house.centres,
            lambda: self._facts,
            public_url=house.settings.public_url,
            on_parcels=hand_out,
            first=first_lesson,
        )

    @cached_property
    def _facts(self) -> Lessons:
        """Lessons are read once, when somebody first looks."""
        return lesson_facts(self._house.catalogue)

    def routes(self) -> list[BaseRoute]:
        catalogue, settings = self._house.catalogue, self._house.settings
        return report_routes(
            ReportHouse(
                self._store.path, self._people, self._store, self._house.centres, lambda: self._facts,
                paths=lesson_paths(catalogue), public_url=settings.public_url, clock=self._clock, data=settings.data,
                planned={id: plan.title("en") for id, plan in catalogue.planned.items() if plan.titles},
                badge_picture=badge_picture, certificate=certificate_of, well_done=self._desk.well_done,
                hand_over=self._hand_over, first=first_lesson, classes=self._classes,
            )
        )  # fmt: skip

    async def errand(self, waiting: Waiting, volunteer: Volunteer | None, at: datetime) -> Sequence[Reply] | None:
        """For the FrontDesk."""
        return await self._desk.errand(waiting, volunteer, at)

    async def run(self) -> None:
        """The morning messages, until cancelled."""
        await self._desk.run(self._clock)


def first_lesson(language: str) -> FirstLesson:
    """A new volunteer's first ten minutes, as plain words."""
    lesson = for_volunteers(FIRST_MINUTES, language)
    steps = tuple(
        FirstStep(
            step.title, text_of(step.instruction), text_of(step.ask), tuple(map(text_of, step.hints)),
            tuple((text_of(one.what), text_of(one.way_back)) for one in step.ifs), text_of(step.undo or ()),
        )
        for step in lesson.steps_for("")
    )  # fmt: skip
    return FirstLesson(lesson.title, text_of(lesson.goal), steps, text_of(lesson.end))
