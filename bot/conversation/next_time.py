"""Enough for today, and the next time: agreed, in their words. One message then, if that is welcome, and none after."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from bot.conversation import coming_back
from bot.conversation.scene import Asked, Handler, Scene
from bot.conversation.waking import next_allowed, zone
from bot.messages import Plan

DAYS_AHEAD = (2, 1, 4, 7)  # the first is proposed, the others stand behind "Another day"
MORNING = time(10)


def local_day(scene: Scene) -> date:
    return scene.at.astimezone(zone(scene.centre)).date()


def enough(scene: Scene) -> None:
    """Enough for today: the place is kept, goodbye is said, the next time agreed."""
    scene.event("paused", depth="day")
    place = scene.session.place
    going_on = place is not None and place.step not in ("", "end")
    scene.say("enough.kept" if going_on else "enough.good")
    if scene.session.name and scene.session.consents.get("reminders") == "no":
        return farewell(scene)
    scene.open("next_time")


def _day(scene: Scene, ahead: int) -> tuple[str, str]:
    day = local_day(scene) + timedelta(days=ahead)
    key = "day.tomorrow" if ahead == 1 else "day.in_a_week" if ahead == 7 else f"day.{day.weekday()}"
    return f"day:{day.isoformat()}", scene.phrase(key)


def _next_time(scene: Scene) -> None:
    scene.say("next_time.ask", day=_day(scene, DAYS_AHEAD[0])[1])
    scene.ask("next_time", _day(scene, DAYS_AHEAD[0]), "another_day", "by_myself", "help")


def _other_days(scene: Scene) -> None:
    scene.say("next_time.which")
    scene.ask("next_time:other", *(_day(scene, ahead) for ahead in DAYS_AHEAD[1:]), "by_myself")


def named_day(scene: Scene) -> date | None:
    """The day that the words name: as it was understood, else tomorrow, or a day of the week to come."""
    said = (scene.heard.entity("time") or scene.heard.text).casefold()
    today = local_day(scene)
    if understood := _understood(scene):
        return understood.date() if understood.date() >= today else None
    if scene.phrase("day.word_tomorrow") in said:
        return today + timedelta(days=1)
    for ahead in range(1, 8):
        day = today + timedelta(days=ahead)
        if scene.phrase(f"weekday.{day.weekday()}").casefold() in said:
            return day
    return None


def _understood(scene: Scene) -> datetime | None:
    """The time entity, where it was made a moment of the learner's own clock (ISO 8601); midnight: no hour named."""
    try:
        return datetime.fromisoformat(scene.heard.entity("time"))
    except ValueError:
        return None


def _clock_named(scene: Scene) -> str:
    """ "15:30", or "" where no hour was named."""
    understood = _understood(scene)
    return understood.strftime("%H:%M") if understood and "t" in scene.heard.entity("time").casefold() else ""


def _spoken_clock(scene: Scene, clock: time) -> str:
    """ "half past three" is more than a machine must say: "3:30 in the afternoon"."""
    hour = str(clock.hour % 12 or 12)
    plain = scene.phrase("clock.full", hour=hour) if not clock.minute else ""
    words = plain or scene.phrase("clock.part", hour=hour, minute=f"{clock.minute:02}")
    part = "morning" if clock.hour < 12 else "afternoon" if clock.hour < 18 else "evening"
    return scene.phrase(f"clock.{part}", clock=words)


def _hears_day(scene: Scene) -> bool:
    day = named_day(scene)
    if day is None:
        return False
    scene.arg = day.isoformat()
    _agreed(scene)
    return True


def _show(scene: Scene) -> None:
    (_other_days if scene.arg == "other" else _next_time)(scene)


def _proposed(scene: Scene) -> None:
    scene.arg = _day(scene, DAYS_AHEAD[0])[0].partition(":")[2]
    _agreed(scene)


def _agreed(scene: Scene) -> None:
    try:
        day = date.fromisoformat(scene.arg)
    except ValueError:
        return scene.open("next_time")
    scene.event("visit_agreed", day=day.isoformat())
    clock = _clock_named(scene)
    scene.mark("agreed", f"{day.isoformat()}T{clock}" if clock else day.isoformat())
    if clock:
        scene.say(
            "next_time.agreed_at",
            day=scene.phrase(f"weekday.{day.weekday()}"),
            clock=_spoken_clock(scene, time.fromisoformat(clock)),
        )
    else:
        scene.say("next_time.agreed", day=_day(scene, (day - local_day(scene)).days)[1])
    consent = scene.session.consents.get("reminders")
    if consent == "yes":
        plan_reminder(scene)
        return farewell(scene)
    if consent == "no" or scene.note("consent_day") == scene.at.date().isoformat():
        return farewell(scene)
    scene.open("reminders")


def plan_reminder(scene: Scene) -> None:
    """One message at the agreed time, in waking hours of the place."""
    agreed = scene.note("agreed")
    if not agreed:
        return
    scene.plans.append(Plan("reminder", scene.at, drop=True))
    day, _, clock = agreed.partition("T")
    scene.plans.append(Plan("reminder", _welcome(scene, date.fromisoformat(day), time.fromisoformat(clock or "10:00"))))


def morning_of(scene: Scene, day: date) -> datetime:
    """Ten in the morning of that day at the learner's place, or the next moment when a message is welcome."""
    return _welcome(scene, day, MORNING)


def _welcome(scene: Scene, day: date, clock: time) -> datetime:
    return next_allowed(datetime.combine(day, clock, zone(scene.centre)), scene.centre)


def _reminders(scene: Scene) -> None:
    scene.say("reminders.ask")
    scene.ask("reminders", "yes_write", "no_thanks", "help")


def _may_remind(answer: str) -> Handler:
    def answered(scene: Scene) -> None:
        scene.consent("reminders", answer)
        scene.mark("consent_day", scene.at.date().isoformat())
        if answer == "yes" and not scene.note("agreed"):
            scene.say("reminders.when")
            return scene.open("next_time")
        if answer == "yes":
            plan_reminder(scene)
        scene.say(f"reminders.{answer}")
        farewell(scene)

    return answered


def by_myself(scene: Scene) -> None:
    scene.say("next_time.by_myself")
    farewell(scene)


def farewell(scene: Scene) -> None:
    """Goodbye; the way back in stays under the finger."""
    name = scene.session.name
    scene.say("goodbye.name" if name else "goodbye.plain", name=name)
    scene.ask("away", "back_again", "what_i_can", "help")


def _away(scene: Scene) -> None:
    scene.say("goodbye.here")
    scene.ask("away", "back_again", "what_i_can", "help")


def _back_again(scene: Scene) -> None:
    coming_back.welcome(scene)


def set_reminder(scene: Scene) -> None:
    """Asked for in words: that is leave as well."""
    if scene.session.consents.get("reminders") != "yes":
        scene.consent("reminders", "yes")
    scene.say("reminders.gladly")
    if not _hears_day(scene):
        scene.open("next_time")


def no_reminders(scene: Scene) -> None:
    if scene.session.consents.get("reminders") == "yes":
        scene.event("consent_withdrawn", purpose="reminders")
    scene.set(consents=MappingProxyType({**scene.session.consents, "reminders": "no"}))
    scene.plans.append(Plan("reminder", scene.at, drop=True))
    scene.say("reminders.off")
    scene.go_on()


# A reminder has come due


def remind(scene: Scene) -> None:
    name = scene.session.name
    scene.say("reminder.name" if name else "reminder.plain", name=name)
    scene.ask("reminder", "lets_go", "another_day", "not_today", "help")


def _lets_go(scene: Scene) -> None:
    coming_back.welcome(scene)


def not_today(scene: Scene) -> None:
    scene.say("reminder.not_today")
    farewell(scene)


def moment(scene: Scene) -> None:
    """ "Hang on, the door": everything stays as it is."""
    scene.say("enough.i_wait")
    scene.aside = True


STATES = (
    Asked(
        "next_time",
        _show,
        {"day": _agreed, "another_day": _other_days, "by_myself": by_myself},
        hears=_hears_day,
        no="by_myself",
        intents={
            "affirm": _proposed, "next": _proposed, "skip_step": "by_myself", "goodbye": "by_myself",
            "pause": "by_myself", "reminder_off": "by_myself", "reminder_set": lambda s: s.open("next_time"),
        },
    ),
    Asked(
        "reminders",
        _reminders,
        {"yes_write": _may_remind("yes"), "no_thanks": _may_remind("no")},
        yes="yes_write",
        no="no_thanks",
        intents={"reminder_off": "no_thanks", "reminder_set": "yes_write"},
    ),
    Asked(
        "away",
        _away,
        {"back_again": _back_again},
        yes="back_again",
        intents={
            "next": "back_again", "resume": "back_again", "greet": "back_again",
            "deny": lambda s: s.open("away"), "goodbye": lambda s: s.open("away"), "pause": lambda s: s.open("away"),
        },
    ),
    Asked(
        "reminder",
        remind,
        {"lets_go": _lets_go, "another_day": _other_days, "not_today": not_today},
        yes="lets_go",
        no="not_today",
        intents={"next": "lets_go", "greet": "lets_go", "resume": "lets_go", "reminder_off": no_reminders},
    ),
)  # fmt: skip
