-- What people say to each other on a job and about each other after it, and what they could not settle themselves.

create table message (
    id              text    primary key,
    job_id          text    not null references job (id),
    number          bigint  not null,
    -- Whose conversation with the poster it is: another worker may be chosen later, and does not hear it.
    worker_team_id  text    not null references team (id),
    team_id         text    not null references team (id),
    member_id       text    not null references member (id),
    role            text    not null check (role in ('poster', 'worker', 'proofer')),
    body            text    not null,
    created_at      text    not null,
    unique (job_id, number)
);

create table rating (
    id             text    primary key,
    job_id         text    not null references job (id),
    -- Whose word it is, and about whom.
    side           text    not null check (side in ('poster', 'worker')),
    team_id        text    not null references team (id),
    member_id      text    not null references member (id),
    rated_team_id  text    not null references team (id),
    stars          bigint  not null check (stars between 1 and 5),
    comment        text    not null,
    created_at     text    not null,
    -- From when on others read it: when both sides have rated, or when the time for it is over.
    visible_at     text    not null,
    unique (job_id, side)
);
create index rating_rated on rating (rated_team_id, visible_at);

create table dispute (
    id            text    primary key,
    job_id        text    not null references job (id),
    -- Who opened it, from which state of the job, and whether by refusing work that the proofers had found good.
    side          text    not null check (side in ('poster', 'worker')),
    team_id       text    not null references team (id),
    member_id     text    not null references member (id),
    came_from     text    not null,
    by_rejection  bigint  not null check (by_rejection in (0, 1)),
    statement     text    not null,
    answer        text,
    answered_at   text,
    status        text    not null check (status in ('open', 'resolved', 'withdrawn', 'conceded')),
    due_at        text    not null,
    ruling        text    check (ruling in ('release', 'refund', 'split')),
    worker_share  bigint,
    reason        text,
    ruled_by      text    references member (id),
    created_at    text    not null,
    closed_at     text
);
-- One at a time on a job.
create unique index dispute_open on dispute (job_id) where status = 'open';
create index dispute_job on dispute (job_id, created_at);
create index dispute_due on dispute (status, due_at);

create table evidence (
    id          text    primary key,
    dispute_id  text    not null references dispute (id),
    number      bigint  not null,
    side        text    not null check (side in ('poster', 'worker')),
    member_id   text    not null references member (id),
    body        text    not null,
    file_id     text,
    created_at  text    not null,
    unique (dispute_id, number)
);

-- Why an offer was declined: a word that can be counted and a sentence.
alter table application add column reason text;
alter table application add column message text;
