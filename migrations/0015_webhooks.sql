-- Webhooks: the addresses of teams, the events to send there, and each attempt.

create table endpoint (
    key              integer  primary key,
    id               text     not null unique,
    team_id          text     not null references team (id),
    -- The member who made it.
    member_id        text     not null references member (id),
    agent_id         text     references agent (id),
    url              text     not null,
    description      text     not null,
    -- Names of the dialect's events, or a star.
    events           text     not null,
    dialect          text     not null,
    -- What its maker might hear.
    scopes           text     not null,
    -- The encrypted secrets: the present one, and the one before until it is no longer used.
    secret           text     not null,
    previous_secret  text,
    previous_until   text,
    status           text     not null,
    disabled_reason  text,
    -- Since when each attempt failed, and how often in a row.
    failing_since    text,
    failures         bigint   not null default 0 check (failures >= 0),
    -- The delivery that tried a failing endpoint last.
    probed_key       bigint,
    -- When its deliveries are looked at next; none if nothing waits.
    due_at           text,
    -- The last event that it does not hear.
    from_seq         bigint   not null,
    created_at       text     not null,
    updated_at       text     not null,
    -- Its deliveries are deleted after it, a batch at a time.
    deleted_at       text
);
create index endpoint_team on endpoint (team_id, key) where deleted_at is null;
create index endpoint_active on endpoint (team_id, status) where status = 'active';
create index endpoint_due on endpoint (due_at) where due_at is not null;
create index endpoint_deleted on endpoint (deleted_at) where deleted_at is not null;

-- The topics that an endpoint hears, as its team followed them when the last event about them was handled.
create table endpoint_topic (
    topic         text    not null,
    endpoint_key  bigint  not null references endpoint (key),
    primary key (topic, endpoint_key)
) without rowid;
create index endpoint_topic_endpoint on endpoint_topic (endpoint_key);

create table delivery (
    key           integer  primary key,
    id            text     not null unique,
    endpoint_key  bigint   not null references endpoint (key),
    -- The number of the event; none for a test.
    event_seq     bigint,
    -- The event's name in the dialect, and when it happened.
    event         text     not null,
    event_at      text     not null,
    state         text     not null,
    -- The attempts since it was last made due by hand, and all of them.
    tries         bigint   not null default 0,
    attempts      bigint   not null default 0,
    -- When it is due; none once it is over.
    next_at       text,
    -- Until when one process sends it.
    leased_until  text,
    created_at    text     not null,
    ended_at      text,
    body          text     not null,
    unique (endpoint_key, event_seq)
);
create index delivery_listed on delivery (endpoint_key, state, key);
create index delivery_leased on delivery (endpoint_key, leased_until) where leased_until is not null;

create table attempt (
    delivery_key  bigint  not null references delivery (key),
    nth           bigint  not null,
    at            text    not null,
    status        bigint,
    latency_ms    bigint  not null,
    -- The beginning of the answer, or why there is none.
    answer        text,
    error         text,
    primary key (delivery_key, nth)
) without rowid;

-- What has happened so far is sent to nobody.
insert into chain_head (chain, seq, hash) select 'webhooks', seq, '' from chain_head where chain = 'event';
