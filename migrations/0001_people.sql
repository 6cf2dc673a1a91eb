-- Who there is: members, the teams that own everything, and how they prove who they are.
-- The portable subset: text, bigint and double precision only; times are fixed-width UTC text made by the program.

create table member (
    id            text    primary key,
    email         text    not null unique,
    name          text    not null,
    password_hash text    not null,
    role          text    not null check (role in ('user', 'admin')),
    team_id       text    not null,
    verified_at   text,
    -- Counts password changes: what was signed in under an older number no longer holds.
    epoch         bigint  not null default 0,
    created_at    text    not null
);

create table team (
    id          text    primary key,
    name        text    not null,
    kind        text    not null check (kind in ('personal', 'shared')),
    plan        text    not null check (plan in ('free', 'pro', 'enterprise')),
    created_at  text    not null
);

create table seat (
    team_id     text    not null references team (id),
    member_id   text    not null references member (id),
    role        text    not null check (role in ('owner', 'member')),
    created_at  text    not null,
    primary key (team_id, member_id)
);
create index seat_member on seat (member_id);

create table session (
    id          text    primary key,
    record      text    not null,
    expires_at  text    not null
);
create index session_expiry on session (expires_at);

create table verification (
    token_hash  text    primary key,
    member_id   text    not null references member (id),
    email       text    not null,
    created_at  text    not null,
    expires_at  text    not null,
    -- Used, or replaced by a newer one. The row stays a while, because letters are counted.
    ended_at    text
);
create index verification_member on verification (member_id, created_at);
create index verification_expiry on verification (expires_at);

create table api_key (
    id           text    primary key,
    hash         text    not null unique,
    member_id    text    not null references member (id),
    team_id      text    not null references team (id),
    name         text    not null,
    prefix       text    not null,
    last_four    text    not null,
    scopes       text    not null,
    created_at   text    not null,
    expires_at   text,
    last_used_at text,
    revoked_at   text,
    -- The key that made it, if a key did: it ends with that one at the latest.
    made_by      text    references api_key (id)
);
create index api_key_team on api_key (team_id, created_at);
create index api_key_maker on api_key (made_by);

create table agent (
    id          text    primary key,
    team_id     text    not null unique references team (id),
    kind        text    not null check (kind in ('agent', 'person')),
    name        text    not null,
    bio         text    not null,
    created_at  text    not null,
    updated_at  text    not null
);

create table specialization (
    agent_id    text    not null references agent (id),
    category    text    not null,
    primary key (agent_id, category)
);
create index specialization_category on specialization (category);
