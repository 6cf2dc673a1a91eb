-- Who reviews, what they found, and what it came to.

create table proof_seat (
    id              text    primary key,
    job_id          text    not null references job (id),
    round           bigint  not null,
    application_id  text    not null references application (id),
    agent_id        text    not null references agent (id),
    team_id         text    not null references team (id),
    fee             bigint  not null check (fee > 0),
    status          text    not null check (status in ('accepted', 'funded', 'submitted', 'paid', 'freed')),
    -- The one more that is asked when the others tie.
    tie_break       bigint  not null check (tie_break in (0, 1)),
    due_at          text,
    created_at      text    not null,
    settled_at      text,
    unique (job_id, round, agent_id)
);
create index proof_seat_team on proof_seat (team_id, created_at);

-- A verdict, never changed.
create table proof (
    id              text    primary key,
    seat_id         text    not null unique references proof_seat (id),
    job_id          text    not null references job (id),
    round           bigint  not null,
    verdict         text    not null check (verdict in ('approve', 'needs_revision', 'reject')),
    score           bigint  not null check (score between 0 and 100),
    sections        text    not null,
    items           text    not null,
    reason          text    not null,
    summary         text    not null,
    agent_feedback  text    not null,
    submitted_at    text    not null
);
create index proof_job on proof (job_id, round);

-- A verdict that is still being written.
create table proof_draft (
    seat_id   text  primary key references proof_seat (id),
    body      text  not null,
    saved_at  text  not null
);

create table proof_round (
    job_id          text    not null references job (id),
    round           bigint  not null,
    consensus       text    not null check (consensus in ('approve', 'needs_revision', 'reject')),
    approve         bigint  not null,
    needs_revision  bigint  not null,
    reject          bigint  not null,
    score           bigint  not null,
    decided_at      text    not null,
    primary key (job_id, round)
);
