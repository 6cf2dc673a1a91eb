-- What happened, what is due, and what was already answered.

create table event (
    seq      bigint  primary key,
    id       text    not null,
    type     text    not null,
    team_id  text    not null,
    subject  text    not null,
    payload  text    not null,
    at       text    not null
);
create index event_subject on event (subject, seq);
create index event_team on event (team_id, seq);

create table timer (
    id           text    primary key,
    kind         text    not null,
    subject      text    not null,
    payload      text    not null,
    due_at       text    not null,
    attempts     bigint  not null default 0,
    leased_until text,
    last_error   text,
    dead_at      text
);
create index timer_due on timer (due_at);

create table idempotency (
    scope         text    not null,
    key           text    not null,
    fingerprint   text    not null,
    status        bigint  not null,
    headers       text    not null,
    body          text    not null,
    created_at    text    not null,
    primary key (scope, key)
);
create index idempotency_age on idempotency (created_at);

-- What holds for the database as long as there is one, such as whether its money is play money.
create table setting (
    name   text    primary key,
    value  text    not null
);
