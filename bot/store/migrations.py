"""The database's shape, as the list of changes that made it. Each is named like a sentence and, once released,
never edited: a change of mind is a new one at the end."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from . import classes, doings, family

MIGRATIONS = Migrations("handrail")

FIRST_TABLES = """
create table chats (
    id text primary key, learner text, shown_at text, made_at text not null, closing integer not null default 0
);
create table addresses (
    chat text primary key references chats(id), channel text not null, bot text not null, messenger_id text not null,
    unique (channel, bot, messenger_id)
);
create table learners (
    id text primary key, chat text not null, made_at text not null, seen_at text not null,
    centre text not null default 'home', remember text not null default '', volunteers text not null default ''
);
create index learners_of_a_chat on learners (chat);
create index learners_of_a_centre on learners (centre, id);
create table sessions (learner text primary key, schema integer not null, session text not null);
create table inbox (
    id integer primary key autoincrement, bot text not null, update_id text not null, chat text, body text not null,
    taken_at text not null, answered_at text, unique (bot, update_id)
);
create index inbox_unanswered on inbox (id) where answered_at is null;
create table outbox (
    id integer primary key autoincrement, chat text not null, learner text not null, turn integer not null,
    place integer not null, schema integer not null, reply text not null, state text not null default 'waiting',
    tries integer not null default 0, not_before text, why text not null default '',
    made_at text not null, done_at text
);
create index outbox_unsent on outbox (id) where done_at is null;
create index outbox_of_a_chat on outbox (chat);
create table events (
    id integer primary key autoincrement, learner text not null, at text not null, name text not null,
    lesson text not null, version text not null, step text not null, system text not null, maker text not null,
    language text not null, channel text not null, detail text not null
);
create index events_of_a_learner on events (learner, id);
create index events_by_time on events (at);
create table progress (
    learner text not null, lesson text not null, version text not null, language text not null, status text not null,
    step text not null, steps_done text not null, misses text not null, hints integer not null,
    persons_asked integer not null, stuck_step text not null, stuck_since text, person_open integer not null,
    confidence_before integer not null, confidence_after integer not null, recall_level integer not null,
    recall_due text, first_seen text, last_seen text, completed text, active_seconds integer not null,
    last_message text, primary key (learner, lesson)
);
create table plans (
    id integer primary key autoincrement, learner text not null, kind text not null, lesson text not null,
    due text not null, detail text not null
);
create index plans_of_a_learner on plans (learner);
create index plans_by_time on plans (due);
create table calls (
    id integer primary key autoincrement, learner text not null, reason text not null, lesson text not null,
    step text not null, since text not null, taken_by text not null default '', taken_at text, closed_at text
);
create index calls_of_a_learner on calls (learner);
create table counts (
    day text not null, centre text not null, name text not null, lesson text not null, step text not null,
    system text not null, many integer not null, primary key (day, centre, name, lesson, step, system)
);
create table wishes (
    id integer primary key autoincrement, week text not null, language text not null, centre text not null,
    words text not null
);
create table sent_files (
    bot text not null, key text not null, file_id text not null, kept_at text not null, primary key (bot, key)
);
create table web_chats (
    token_hash text primary key, chat text not null, picture_words_hash text not null, made_at text not null
);
create index web_chats_by_picture_words on web_chats (picture_words_hash);
create index web_chats_of_a_chat on web_chats (chat);
"""


@MIGRATIONS()
def begin_with_chats_learners_and_what_they_do(db: Database) -> None:
    db.executescript(FIRST_TABLES)


VOLUNTEERS = """
create table volunteers (
    id text primary key, name text not null, role text not null, centre text not null, made_at text not null,
    revoked_at text, duty_until text, morning text not null default '', morning_sent text not null default ''
);
create table sign_in_links (
    token_hash text primary key, volunteer text not null, made_at text not null, expires_at text not null, used_at text
);
create index sign_in_links_of_a_volunteer on sign_in_links (volunteer);
create table volunteer_sessions (
    token_hash text primary key, volunteer text not null, device text not null, made_at text not null,
    seen_at text not null, expires_at text not null, ended_at text
);
create index volunteer_sessions_of_a_volunteer on volunteer_sessions (volunteer);
create table volunteer_chats (chat text primary key, volunteer text not null, made_at text not null);
create index volunteer_chats_of_a_volunteer on volunteer_chats (volunteer);
create table looked (
    id integer primary key autoincrement, at text not null, volunteer text not null, what text not null,
    learner text not null default '', detail text not null default ''
);
create index looked_by_time on looked (at);
create index looked_of_a_learner on looked (learner) where learner != '';
"""


@MIGRATIONS()
def volunteers_sign_in_by_a_link_and_who_looked_is_noted(db: Database) -> None:
    db.executescript(VOLUNTEERS)


AT_A_GLANCE = """
alter table progress add column marks text not null default '{}';
alter table learners add column name text not null default '';
alter table learners add column language text not null default '';
alter table learners add column system text not null default '';
alter table learners add column shown integer not null default 0;
alter table learners add column begun integer not null default 0;
alter table learners add column finished integer not null default 0;
alter table learners add column last_lesson text not null default '';
alter table learners add column last_seen text;
alter table learners add column rest_days integer not null default 14;
alter table learners add column rests_from text;
alter table learners add column last_finished text;
alter table learners add column last_finished_lesson text not null default '';
alter table learners add column need text not null default '';
alter table learners add column need_since text;
alter table learners add column need_lesson text not null default '';
alter table learners add column need_step text not null default '';
alter table learners add column need_misses integer not null default 0;
create index learners_who_need_a_person on learners (centre, need_since) where need != '';
create index learners_by_when_they_rest on learners (centre, rests_from) where begun > 0 and need = '';
create index learners_by_when_they_rest_anywhere on learners (rests_from) where begun > 0 and need = '';
create index learners_in_figures on learners (centre, shown, begun, finished, need, rests_from);
create index learners_with_good_news on learners (centre, last_finished) where last_finished is not null;
create index learners_with_good_news_anywhere on learners (last_finished) where last_finished is not null;
create index progress_remembered on progress (last_seen) where recall_level >= 3;
create index progress_left_in_the_middle on progress (lesson, step, last_seen) where status = 'going_on';
create table step_counts (
    lesson text not null, what text not null, day text not null, step text not null, people integer not null,
    primary key (lesson, what, day, step)
) without rowid;
create table well_done (learner text primary key, at text not null, volunteer text not null);
"""


@MIGRATIONS()
def the_report_reads_learners_at_a_glance_and_daily_counts(db: Database) -> None:
    """What stands in them is written by glance.begin once all changes of shape are made (writer.migrate)."""
    db.executescript(AT_A_GLANCE)


@MIGRATIONS()
def who_was_forgotten_stays_forgotten_when_a_backup_is_put_back(db: Database) -> None:
    db.executescript("create table forgotten (fingerprint text primary key, at text not null);")


@MIGRATIONS()
def before_a_record_goes_its_person_is_asked_once(db: Database) -> None:
    db.executescript("alter table learners add column asked_to_keep text;")


CARDS = """
alter table calls add column told_at text;
alter table calls add column raised_at text;
alter table calls add column moved_at text;
alter table calls add column asked_at text;
alter table calls add column way text not null default '';
alter table calls add column word text not null default '';
alter table calls add column outcome text not null default '';
create table unwanted (
    learner text not null, volunteer text not null, at text not null, primary key (learner, volunteer)
) without rowid;
"""


@MIGRATIONS()
def a_call_is_a_card_that_one_volunteer_holds(db: Database) -> None:
    db.executescript(CARDS)


@MIGRATIONS()
def volunteers_read_in_a_language_of_their_own(db: Database) -> None:
    db.executescript("alter table volunteers add column language text not null default '';")


TALKED_OVER = """
alter table calls add column kind_at text;
alter table calls add column door text not null default '';
create index calls_open on calls (taken_by) where closed_at is null;
create index calls_not_told on calls (id) where told_at is null and closed_at is null;
create table talk (
    id integer primary key autoincrement, card integer not null, learner text not null, at text not null,
    whose text not null, kind text not null, words text not null default '', file text not null default ''
);
create index talk_of_a_card on talk (card, id);
create index talk_of_a_learner on talk (learner);
create table talk_files (
    id text primary key, card integer not null, learner text not null, at text not null, kind text not null,
    type text not null, data blob not null
);
create index talk_files_of_a_card on talk_files (card);
create index talk_files_of_a_learner on talk_files (learner);
create table numbers (card integer primary key, learner text not null, number text not null, at text not null);
create index numbers_of_a_learner on numbers (learner);
create table kind_words (volunteer text primary key, card integer not null, at text not null) without rowid;
create trigger a_closed_card_keeps_nothing after update of closed_at on calls when new.closed_at is not null begin
    delete from talk where card = new.id;
    delete from talk_files where card = new.id;
    delete from numbers where card = new.id;
    delete from kind_words where card = new.id;
    update calls set word = '' where id = new.id and word != '';
end;
create trigger a_card_given_back_keeps_no_talk after update of taken_by on calls when new.taken_by = '' begin
    delete from talk where card = new.id;
    delete from talk_files where card = new.id;
end;
create trigger a_deleted_card_keeps_nothing after delete on calls begin
    delete from talk where card = old.id;
    delete from talk_files where card = old.id;
    delete from numbers where card = old.id;
    delete from kind_words where card = old.id;
end;
"""


@MIGRATIONS()
def what_two_say_to_each_other_goes_with_the_card(db: Database) -> None:
    db.executescript(TALKED_OVER)


OTHER_SCREENS = """
create table other_screens (
    lesson text not null, step text not null, system text not null, maker text not null, version text not null,
    many integer not null default 0, looked_into integer not null default 0, week text not null, looked_at text,
    looked_by text not null default '', primary key (lesson, step, system, maker, version)
) without rowid;
"""


@MIGRATIONS()
def a_screen_that_looks_different_is_a_card_for_writers(db: Database) -> None:
    db.executescript(OTHER_SCREENS)


@MIGRATIONS()
def a_learner_may_let_one_person_of_theirs_look_on(db: Database) -> None:
    db.executescript(family.TABLE)


@MIGRATIONS()
def a_class_has_seats_and_its_volunteer_sees_whose_hand_is_up(db: Database) -> None:
    db.executescript(classes.SHAPE)


@MIGRATIONS()
def four_doings_are_asked_before_and_after_a_path(db: Database) -> None:
    db.executescript(doings.TABLE)


MISSED_AT_A_CENTRE = """
create table centre_misses (
    centre text not null, day text not null, lesson text not null, step text not null, people integer not null,
    primary key (centre, day, lesson, step)
) without rowid;
insert into centre_misses
    select l.centre, substr(p.last_seen, 1, 10), p.lesson, m.key, count(*) from learners l
    join progress p on p.learner = l.id, json_each(p.marks) m
    where p.last_seen is not null and instr(m.value, 'm') > 0 group by 1, 2, 3, 4;
"""


@MIGRATIONS()
def steps_that_people_miss_are_counted_for_each_centre(db: Database) -> None:
    db.executescript(MISSED_AT_A_CENTRE)
