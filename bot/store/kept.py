"""What is kept, why and how long, table by table: the source of docs/privacy.md (a test compares it with the real
schema). `python -m bot.store.kept FILE` writes the table anew."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from . import keeping
from .keep import Keep

DAYS = Keep()  # without a table in the settings
BEGIN, END = "<!-- kept: begin -->", "<!-- kept: end -->"


@dataclass(frozen=True)
class Kept:
    """`columns` are all columns of the table; `what` says it in words."""

    columns: str
    what: str
    why: str
    how_long: str


def _long(age: timedelta) -> str:
    if age < timedelta(days=3):
        return f"{int(age.total_seconds() // 3600)} hours"
    return "12 months" if age == timedelta(days=365) else f"{age.days} days"


TALK = timedelta(hours=24)
WITH_THE_PERSON = "until the person is forgotten"
KEPT = {
    "learners": Kept(
        "id chat made_at seen_at centre remember volunteers name language system shown begun finished last_lesson last_seen "
        "rest_days rests_from last_finished last_finished_lesson need need_since need_lesson need_step need_misses asked_to_keep",
        "an opaque id, the chat, the centre, what leave was given, first and last time; of the record and the place, "
        "with the same leave, what the report shows first: the name, how many lessons, whether a person is needed",
        "to tell people apart without naming them, and to show the report at once",
        f"{_long(DAYS.age('refused_place'))} after the last message where remembering was refused, "
        f"{_long(DAYS.age('undecided_place'))} where it was not yet answered, {_long(DAYS.age('record'))} with leave, and then only once they were asked; "
        "or until the person asks to be forgotten",
    ),
    "sessions": Kept(
        "learner schema session",
        "the place: language, phone, lesson, step, letters, voice, what was asked last; the name, where one was told; "
        "until leave to remember is answered also what happened so far",
        "to go on where they were",
        WITH_THE_PERSON,
    ),
    "progress": Kept(
        "learner lesson version language status step steps_done misses hints persons_asked stuck_step stuck_since "
        "person_open confidence_before confidence_after recall_level recall_due first_seen last_seen completed "
        "active_seconds last_message marks",
        "the record, only with leave: one line a lesson: steps done and missed, hints, when",
        "to repeat what is needed and to show volunteers who is stuck",
        WITH_THE_PERSON,
    ),
    "doings": Kept(
        "learner path doing competence shown before before_at after after_at",
        "only with leave: four doings before and after a path, each by oneself, with help or not yet; whether volunteers may see it",
        "so that the learner sees what has grown",
        WITH_THE_PERSON,
    ),
    "events": Kept(
        "id learner at name lesson version step system maker language channel detail",
        "the record, only with leave: what happened, from a closed list ([events](events.md)); never what was written",
        "to find steps that many people miss",
        _long(DAYS.age("events")),
    ),
    "plans": Kept(
        "id learner kind lesson due detail",
        "what comes later: a question at the next visit, an agreed reminder",
        "to keep what was agreed",
        f"until it has come, or {WITH_THE_PERSON}",
    ),
    "calls": Kept(
        "id learner reason lesson step since taken_by taken_at closed_at told_at raised_at moved_at asked_at way word outcome kind_at door",
        "with leave for volunteers: that somebody asked for a person or was stuck, was tricked, in danger or worried; where leave was not "
        "asked for yet, only that somebody was tricked or is in danger, without a name",
        "so that a person comes",
        f"{_long(DAYS.age('calls'))} after it was closed, or {WITH_THE_PERSON}",
    ),
    "talk": Kept(
        "id card learner at whose kind words file",
        "what a learner and a volunteer write to each other, secrets cut out, while the volunteer holds the card",
        "so that a volunteer can write on the page, and reads what was said before",
        f"until the volunteer gives the card back or has helped, {_long(TALK)} at most",
    ),
    "talk_files": Kept(
        "id card learner at kind type data",
        "a voice or a picture that one of the two uploaded on a page; those of the messenger stay there",
        "so that the other can hear and see it",
        f"until the volunteer gives the card back or has helped, {_long(TALK)} at most",
    ),
    "numbers": Kept(
        "card learner number at",
        "a telephone number that a learner shared for this once; it stands here and nowhere else",
        "so that whoever took the card can ring",
        "until the card is closed or withdrawn, 7 days at most",
    ),
    "kind_words": Kept(
        "volunteer card at",
        "for which card a volunteer is about to speak a kind word",
        "so that the voice message reaches the right learner",
        "until it was sent, or the card is closed",
    ),
    "other_screens": Kept(
        "lesson step system maker version many looked_into week looked_at looked_by",
        "how often a step was said to look different, on which kind of phone, of those with leave; no person, the week alone",
        "so that writers mend the lesson",
        "no end",
    ),
    "chats": Kept(
        "id learner shown_at made_at closing",
        "an opaque id, who is at it now, when the newest buttons appeared",
        "to answer in the right place; a trembling finger taps twice",
        "until the last person of the chat is forgotten",
    ),
    "addresses": Kept(
        "chat channel bot messenger_id",
        "the messenger's own id of the chat. It stands here and nowhere else",
        "to be able to answer",
        "until the last person of the chat is forgotten",
    ),
    "web_chats": Kept(
        "token_hash chat picture_words_hash made_at",
        "fingerprints of the browser's token and of the three picture-words, not the things themselves",
        "to come back to the same place",
        "until the last person of the chat is forgotten",
    ),
    "inbox": Kept(
        "id bot update_id chat body taken_at answered_at",
        "a message until it is answered, its secrets cut out before; afterwards its number alone",
        "so that nothing is lost and nothing is answered twice",
        f"the text until it is answered, {_long(keeping.INBOX)} at most; the number {_long(keeping.INBOX)}",
    ),
    "outbox": Kept(
        "id chat learner turn place schema reply state tries not_before why made_at done_at",
        "an answer until it is sent; afterwards that it was sent",
        "so that nothing is lost and nothing is out of order",
        f"the words until they are sent; the line {_long(keeping.OUTBOX)} more",
    ),
    "counts": Kept(
        "day centre name lesson step system many",
        "how often what happened on a day, of those with leave; no person",
        "for yearly figures; fewer than five are never shown",
        "no end",
    ),
    "centre_misses": Kept(
        "centre day lesson step people",
        "how many people of a centre missed a step twice on a day, of those with leave; no person",
        "to find steps that many people miss there; fewer than five are never shown",
        "no end",
    ),
    "step_counts": Kept(
        "lesson what day step people",
        "how many people met, missed or finished a step on a day, of those with leave; no person",
        "to find steps that many people miss; fewer than five are never shown",
        "no end",
    ),
    "well_done": Kept(
        "learner at volunteer",
        "that a volunteer said well done",
        "one a week at most",
        f"{_long(keeping.WELL_DONE)}, or {WITH_THE_PERSON}",
    ),
    "wishes": Kept(
        "id week language centre words",
        "what was asked for and not found, at most 120 letters, secrets cut out; no person, the week alone",
        "to know which lesson to write next",
        _long(DAYS.age("wishes")),
    ),
    "sent_files": Kept(
        "bot key file_id kept_at",
        "the messenger's ids of lesson pictures and voices that were uploaded; no person",
        "to upload each once",
        _long(keeping.SENT_FILES),
    ),
    "volunteers": Kept(
        "id name role centre made_at revoked_at duty_until morning morning_sent language",
        "volunteers: name, role, centre, language, until when on duty, when the morning message comes",
        "so that only they see the report, each what the role allows",
        "no end; who has left stays as a name in the list of who looked",
    ),
    "sign_in_links": Kept(
        "token_hash volunteer made_at expires_at used_at",
        "the fingerprint of a volunteer's one-time link, not the link",
        "so that it opens once",
        f"{_long(keeping.SPENT_LINKS)} after its end",
    ),
    "volunteer_sessions": Kept(
        "token_hash volunteer device made_at seen_at expires_at ended_at",
        "the fingerprint of a volunteer's signed-in browser, and what kind of browser it is",
        "to stay signed in, and to see and end it",
        _long(keeping.VOLUNTEER_SESSIONS),
    ),
    "volunteer_chats": Kept(
        "chat volunteer made_at",
        "which chat is a volunteer's own",
        "so that the report and calls reach the volunteer there",
        "until signed out, or until the volunteer leaves",
    ),
    "unwanted": Kept(
        "learner volunteer at",
        "whom a learner does not want to be helped by",
        "so that this person is not sent again",
        WITH_THE_PERSON,
    ),
    "families": Kept(
        "learner link_hash who lesson invited_at until watched wished_at joined_at chat browser_hash writing_at words_day words",
        "that a learner lets one person of theirs see where they are: who it is to them (a daughter), one lesson or all, "
        "the fingerprint of the link, the chat or the fingerprint of the browser that opened it, how many kind words today",
        "so that this person sees it, and nobody else",
        f"90 days, or until the learner ends it, or {WITH_THE_PERSON}",
    ),
    "classes": Kept(
        "id code centre volunteer lesson language expected step made_at ended_at hard",
        "a class: its lesson, who led it, how many were expected; after its end how many people missed which step",
        "to show one step to a room, and to know what to repeat next week",
        f"{_long(DAYS.age('events'))} after it began",
    ),
    "class_seats": Kept(
        "class number kind learner name joined_at at_lesson at_step misses hints why since going met missed",
        "while a class runs: who sits at which number, whose hand is up and what was tried; after its end only that a "
        "seat was taken, and by whom where volunteers may see it",
        "so that the volunteer in the room comes to whoever needs it, the longest waiting first",
        f"{_long(DAYS.age('events'))} after the class began, or {WITH_THE_PERSON}",
    ),
    "forgotten": Kept(
        "fingerprint at",
        "a fingerprint of the opaque id of whoever was forgotten, not the id",
        "so that a backup that is put back does not bring them back",
        _long(keeping.BACKUPS),
    ),
    "looked": Kept(
        "id at volunteer what learner detail",
        "which volunteer looked at whom, exported what, signed in when",
        "so that looking at people can be looked at",
        f"{_long(DAYS.age('looked'))}; of a forgotten person only that somebody was looked at",
    ),
}


def table() -> str:
    """The table of docs/privacy.md."""
    head = "| table | what | why | how long |\n|---|---|---|---|\n"
    rows = (f"| `{name}` | {kept.what} | {kept.why} | {kept.how_long} |\n" for name, kept in KEPT.items())
    return head + "".join(rows)


def with_table(page: str) -> str:
    """The page with what stands between the marks made anew."""
    return re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{table()}{END}", page, flags=re.S)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8")
