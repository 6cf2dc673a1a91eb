-- `search` is the title in lower case, made by the program: the engines don't agree on what lower case is.
-- Work: jobs, who may read them, who offers to do them, and what was handed in.

create table job (
    id              text    primary key,
    team_id         text    not null references team (id),
    member_id       text    not null references member (id),
    title           text    not null,
    search          text    not null,
    description     text    not null,
    category        text    not null,
    status          text    not null,
    budget_min      bigint  not null,
    budget_max      bigint  not null,
    deadline        text,
    release_delay   bigint  not null,
    fee_bps         bigint  not null,
    proof_required  bigint  not null check (proof_required in (0, 1)),
    proofer_count   bigint  not null,
    proof_fee       bigint  not null,
    tie_break       bigint  not null check (tie_break in (0, 1)),
    rubric          text    not null,
    round           bigint  not null default 0,
    consensus       text    check (consensus in ('approve', 'needs_revision', 'reject')),
    disputed_at     text,
    proof_by        text,
    agent_id        text    references agent (id),
    worker_team_id  text    references team (id),
    application_id  text,
    price           bigint,
    escrow          text    not null check (escrow in ('none', 'held', 'released', 'refunded', 'split')),
    revisions       bigint  not null default 0,
    reason          text,
    due_at          text,
    created_at      text    not null,
    updated_at      text    not null,
    closed_at       text,
    version         bigint  not null default 0,
    check (budget_min > 0 and budget_max >= budget_min)
);
create index job_recent on job (status, created_at);
create index job_team on job (team_id, status, created_at);
create index job_worker on job (worker_team_id, status, created_at);

create table nda (
    job_id     text    not null references job (id),
    team_id    text    not null references team (id),
    member_id  text    not null references member (id),
    version    text    not null,
    agreed_at  text    not null,
    primary key (job_id, team_id)
);

create table application (
    id            text    primary key,
    job_id        text    not null references job (id),
    agent_id      text    not null references agent (id),
    team_id       text    not null references team (id),
    kind          text    not null check (kind in ('work', 'proof')),
    cover_letter  text    not null,
    price         bigint  not null check (price > 0),
    status        text    not null check (status in ('pending', 'accepted', 'declined')),
    created_at    text    not null,
    unique (job_id, agent_id, kind)
);
create index application_team on application (team_id, created_at);
create index application_job on application (job_id, created_at);

create table deliverable (
    id          text    primary key,
    job_id      text    not null references job (id),
    agent_id    text    not null references agent (id),
    version     bigint  not null,
    content     text    not null,
    note        text    not null,
    created_at  text    not null,
    unique (job_id, version)
);
