BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'handrail','begin_with_chats_learners_and_what_they_do','2026-11-21 22:46:34.268763+00:00');
CREATE TABLE addresses (
    chat text primary key references chats(id), channel text not null, bot text not null, messenger_id text not null,
    unique (channel, bot, messenger_id)
);
INSERT INTO "addresses" VALUES('bb63a42120c088cf558b','telegram','bot1','4711');
INSERT INTO "addresses" VALUES('3b286178641517f9a341','web','','3b286178641517f9a341');
CREATE TABLE calls (
    id integer primary key autoincrement, learner text not null, reason text not null, lesson text not null,
    step text not null, since text not null, taken_by text not null default '', taken_at text, closed_at text
);
INSERT INTO "calls" VALUES(1,'184ab909c1229ac70e57','person','send-photo','attach','2026-11-21T09:00:00.000000Z','',NULL,NULL);
CREATE TABLE chats (
    id text primary key, learner text, shown_at text, made_at text not null, closing integer not null default 0
);
INSERT INTO "chats" VALUES('bb63a42120c088cf558b','184ab909c1229ac70e57',NULL,'2026-11-21T09:00:00.000000Z',0);
INSERT INTO "chats" VALUES('3b286178641517f9a341',NULL,NULL,'2026-11-21T09:00:00.000000Z',0);
CREATE TABLE counts (
    day text not null, centre text not null, name text not null, lesson text not null, step text not null,
    system text not null, many integer not null, primary key (day, centre, name, lesson, step, system)
);
INSERT INTO "counts" VALUES('2026-11-21','home','lesson_started','send-photo','','android',1);
INSERT INTO "counts" VALUES('2026-11-21','home','step_done','send-photo','open','android',1);
INSERT INTO "counts" VALUES('2026-11-21','home','stuck','send-photo','attach','android',1);
INSERT INTO "counts" VALUES('2026-11-21','home','person_asked','send-photo','attach','android',1);
CREATE TABLE events (
    id integer primary key autoincrement, learner text not null, at text not null, name text not null,
    lesson text not null, version text not null, step text not null, system text not null, maker text not null,
    language text not null, channel text not null, detail text not null
);
INSERT INTO "events" VALUES(1,'184ab909c1229ac70e57','2026-11-21T09:00:00.000000Z','lesson_started','send-photo','v1','','android','samsung','en','telegram','{}');
INSERT INTO "events" VALUES(2,'184ab909c1229ac70e57','2026-11-21T09:00:00.000000Z','step_done','send-photo','v1','open','android','samsung','en','telegram','{}');
INSERT INTO "events" VALUES(3,'184ab909c1229ac70e57','2026-11-21T09:00:00.000000Z','stuck','send-photo','v1','attach','android','samsung','en','telegram','{}');
INSERT INTO "events" VALUES(4,'184ab909c1229ac70e57','2026-11-21T09:00:00.000000Z','person_asked','send-photo','v1','attach','android','samsung','en','telegram','{}');
CREATE TABLE inbox (
    id integer primary key autoincrement, bot text not null, update_id text not null, chat text, body text not null,
    taken_at text not null, answered_at text, unique (bot, update_id)
);
INSERT INTO "inbox" VALUES(1,'bot1','1','bb63a42120c088cf558b','','2026-11-21T09:00:00.000000Z','2026-11-21T09:00:00.000000Z');
INSERT INTO "inbox" VALUES(2,'bot1','2','bb63a42120c088cf558b','{"id":"m2","learner":"","at":"2026-11-21T09:00:00Z","kind":"text","text":"where is the paper clip","tap":null,"file":"","channel":"","chat":"bb63a42120c088cf558b","locale":"","start":"","first":false,"secret_kinds":[]}','2026-11-21T09:00:00.000000Z',NULL);
CREATE TABLE learners (
    id text primary key, chat text not null, made_at text not null, seen_at text not null,
    centre text not null default 'home', remember text not null default '', volunteers text not null default ''
);
INSERT INTO "learners" VALUES('184ab909c1229ac70e57','bb63a42120c088cf558b','2026-11-21T09:00:00.000000Z','2026-11-21T09:00:00.000000Z','home','yes','yes');
CREATE TABLE outbox (
    id integer primary key autoincrement, chat text not null, learner text not null, turn integer not null,
    place integer not null, schema integer not null, reply text not null, state text not null default 'waiting',
    tries integer not null default 0, not_before text, why text not null default '',
    made_at text not null, done_at text
);
INSERT INTO "outbox" VALUES(1,'bb63a42120c088cf558b','184ab909c1229ac70e57',7,0,1,'','sent',0,NULL,'','2026-11-21T09:00:00.000000Z','2026-11-21T09:00:00.000000Z');
INSERT INTO "outbox" VALUES(2,'bb63a42120c088cf558b','184ab909c1229ac70e57',7,1,1,'{"words":"Tap **Photos**.","spoken":null,"picture":null,"buttons":[],"urgent":false,"pace":"telling","step":null,"aside":false,"delete":"","more_pictures":[]}','waiting',0,NULL,'','2026-11-21T09:00:00.000000Z',NULL);
CREATE TABLE plans (
    id integer primary key autoincrement, learner text not null, kind text not null, lesson text not null,
    due text not null, detail text not null
);
INSERT INTO "plans" VALUES(1,'184ab909c1229ac70e57','reminder','','2026-11-23T09:00:00.000000Z','{}');
CREATE TABLE progress (
    learner text not null, lesson text not null, version text not null, language text not null, status text not null,
    step text not null, steps_done text not null, misses text not null, hints integer not null,
    persons_asked integer not null, stuck_step text not null, stuck_since text, person_open integer not null,
    confidence_before integer not null, confidence_after integer not null, recall_level integer not null,
    recall_due text, first_seen text, last_seen text, completed text, active_seconds integer not null,
    last_message text, primary key (learner, lesson)
);
INSERT INTO "progress" VALUES('184ab909c1229ac70e57','send-photo','v1','en','going_on','','["open"]','{}',0,1,'attach','2026-11-21T09:00:00.000000Z',1,0,0,0,NULL,'2026-11-21T09:00:00.000000Z','2026-11-21T09:00:00.000000Z',NULL,0,'2026-11-21T09:00:00.000000Z');
CREATE TABLE sent_files (
    bot text not null, key text not null, file_id text not null, kept_at text not null, primary key (bot, key)
);
INSERT INTO "sent_files" VALUES('bot1','k','f','2026-11-21T09:00:00.000000Z');
CREATE TABLE sessions (learner text primary key, schema integer not null, session text not null);
INSERT INTO "sessions" VALUES('184ab909c1229ac70e57',1,'{"learner":"184ab909c1229ac70e57","schema":1,"turn":7,"asked":"","choices":[],"place":{"lesson":"send-photo","language":"en","version":"v1","step":"attach","misses":2,"hints":0,"since":null},"paused":[],"language":"en","system":"","maker":"","phone_language":"","name":"Ada","letters":"","voice":"","rate":"usual","reads_on":"","consents":{"remember":"yes","volunteers":"yes"},"path":"","wanted":"","held_by":"","last_at":"2026-11-21T09:00:00Z","centre":"home","channel":"","last_tap":null,"notes":{},"waiting_events":[]}');
CREATE TABLE web_chats (
    token_hash text primary key, chat text not null, picture_words_hash text not null, made_at text not null
);
INSERT INTO "web_chats" VALUES('3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0','3b286178641517f9a341','e8e9b2b516cc8cb22df347ac358d37003cca5a1e9e510704b192a06baa06617f','2026-11-21T09:00:00.000000Z');
CREATE TABLE wishes (
    id integer primary key autoincrement, week text not null, language text not null, centre text not null,
    words text not null
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX learners_of_a_chat on learners (chat);
CREATE INDEX learners_of_a_centre on learners (centre, id);
CREATE INDEX inbox_unanswered on inbox (id) where answered_at is null;
CREATE INDEX outbox_unsent on outbox (id) where done_at is null;
CREATE INDEX outbox_of_a_chat on outbox (chat);
CREATE INDEX events_of_a_learner on events (learner, id);
CREATE INDEX events_by_time on events (at);
CREATE INDEX plans_of_a_learner on plans (learner);
CREATE INDEX plans_by_time on plans (due);
CREATE INDEX calls_of_a_learner on calls (learner);
CREATE INDEX web_chats_by_picture_words on web_chats (picture_words_hash);
CREATE INDEX web_chats_of_a_chat on web_chats (chat);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('inbox',2);
INSERT INTO "sqlite_sequence" VALUES('events',4);
INSERT INTO "sqlite_sequence" VALUES('calls',1);
INSERT INTO "sqlite_sequence" VALUES('plans',1);
INSERT INTO "sqlite_sequence" VALUES('outbox',2);
COMMIT;
