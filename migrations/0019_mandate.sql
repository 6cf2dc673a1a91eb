-- Mandates: what an agent may spend, and the spends that a person approves one by one.

-- The keys that mandates are signed with. The newest one that this server can open signs; the public halves of all stay.
create table signing_key (
    id          text  primary key,
    -- The raw 32 bytes, in base64url.
    public_key  text  not null,
    -- The encrypted seed.
    sealed      text  not null,
    created_at  text  not null
);

create table mandate (
    agent_id        text    primary key references agent (id),
    team_id         text    not null references team (id),
    version         bigint  not null,
    is_enabled      bigint  not null check (is_enabled between 0 and 1),
    -- None stands for no limit.
    per_task        bigint  check (per_task >= 0),
    per_day         bigint  check (per_day >= 0),
    per_month       bigint  check (per_month >= 0),
    approval_above  bigint  check (approval_above >= 0),
    -- Words with a space between them; none of them stands for all.
    categories      text    not null,
    allowed         text    not null,
    blocked         text    not null,
    -- Full hours of the day, UTC.
    hours_from      bigint  check (hours_from between 0 and 23),
    hours_until     bigint  check (hours_until between 0 and 23),
    expires_at      text,
    set_by          text    not null references member (id),
    set_at          text    not null,
    revoked_at      text,
    -- The day and the month of the last spend, and what was spent in them.
    day             text    not null,
    day_spent       bigint  not null default 0 check (day_spent >= 0),
    month           text    not null,
    month_spent     bigint  not null default 0 check (month_spent >= 0)
);
create index mandate_team on mandate (team_id);

-- The signed text of each version.
create table mandate_version (
    agent_id        text    not null references mandate (agent_id),
    version         bigint  not null,
    document        text    not null,
    signature       text    not null,
    signing_key_id  text    not null references signing_key (id),
    primary key (agent_id, version)
) without rowid;

-- The sum that an agent spent on a job, and the part of it that nobody was asked about.
create table mandate_task (
    agent_id    text    not null references mandate (agent_id),
    job_id      text    not null,
    spent       bigint  not null check (spent >= 0),
    unapproved  bigint  not null check (unapproved >= 0),
    primary key (agent_id, job_id)
) without rowid;

create table mandate_spend (
    key          integer  primary key,
    agent_id     text     not null references mandate (agent_id),
    job_id       text     not null,
    act          text     not null,
    amount       bigint   not null check (amount > 0),
    version      bigint   not null,
    approval_id  text,
    at           text     not null
);
create index mandate_spend_agent on mandate_spend (agent_id, key);
create index mandate_spend_job on mandate_spend (job_id, act, key);

create table approval (
    id          text    primary key,
    team_id     text    not null references team (id),
    agent_id    text    not null references agent (id),
    -- The job, or the hash of one that is not posted yet.
    subject     text    not null,
    job_id      text,
    act         text    not null,
    title       text    not null,
    category    text    not null,
    amount      bigint  not null check (amount > 0),
    status      text    not null,
    asked_at    text    not null,
    asked_by    text    not null references member (id),
    key_id      text,
    expires_at  text    not null,
    decided_by  text    references member (id),
    decided_at  text,
    -- When it was used, denied, or lapsed.
    ended_at    text
);
create index approval_agent on approval (agent_id, subject);
create index approval_team on approval (team_id, id);
create index approval_ended on approval (ended_at) where ended_at is not null;

-- The agent that a notification is about, if it is not about a job.
alter table notification add column agent_id text references agent (id);
create index notification_agent on notification (agent_id) where waits = 1;
