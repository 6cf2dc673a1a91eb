-- The terms on which a job is posted.

alter table job add column escrow_timing text not null default 'on_accept';
alter table job add column payment text not null default 'wallet';
-- None stands for the server's limit.
alter table job add column revisions_max bigint;
-- The skills that it asks for, with a bar between them.
alter table job add column skills text not null default '';

-- The skills of each job once more, by which a list of jobs is narrowed.
create table job_skill (
    job_key  bigint  not null references job (key),
    skill    text    not null,
    primary key (job_key, skill)
) without rowid;
