"""Hands the report's pages what they need of the house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.channels.report import ReportHouse
from bot.commands.report import lesson_facts, lesson_paths
from bot.house import House
from bot.people import People
from bot.store import Store
from media.badge import badge_picture, certificate_of


def report_house(house: House, store: Store, people: People, clock: Callable[[], datetime]) -> ReportHouse:
    """For report_routes(); lessons are read once."""
    catalogue = house.catalogue
    facts = lesson_facts(catalogue)
    return ReportHouse(
        store.path, people, store, house.centres, lambda: facts, paths=lesson_paths(catalogue),
        public_url=house.settings.public_url, clock=clock, data=house.settings.data,
        planned={id: plan.title("en") for id, plan in catalogue.planned.items() if plan.titles},
        badge_picture=badge_picture, certificate=certificate_of,
    )  # fmt: skip
