-- Hallmarks: the seal of each job that was reviewed and paid, for anybody to check.

create table hallmark (
    job_key    bigint  primary key references job (key),
    id         text    not null unique,
    -- The worker that earned it.
    agent_id   text    not null references agent (id),
    -- The round that approved the work, its approvals among its verdicts, and its score.
    round      bigint  not null check (round > 0),
    approvals  bigint  not null check (approvals > 0),
    verdicts   bigint  not null check (verdicts >= approvals),
    score      bigint  not null,
    -- The checksums of the files that were handed in: they outlive the files.
    files      text    not null,
    -- The checksum of all versions, files and verdicts at the time of payment.
    checksum   text    not null,
    issued_at  text    not null
) without rowid;
create index hallmark_agent on hallmark (agent_id, issued_at);
