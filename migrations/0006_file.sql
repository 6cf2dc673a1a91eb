-- What the store of bytes holds for a job. The row is there before the first byte, and outlives the last one.

create table file (
    id              text    primary key,
    job_id          text    not null references job (id),
    -- The version it was handed in with; none for attachments, and for what waits to be handed in.
    deliverable_id  text    references deliverable (id),
    kind            text    not null check (kind in ('attachment', 'deliverable')),
    -- Whose room it takes.
    team_id         text    not null references team (id),
    member_id       text    not null references member (id),
    status          text    not null check (status in ('pending', 'ready', 'gone')),
    name            text    not null,
    content_type    text    not null,
    size            bigint  not null check (size >= 0),
    sha256          text    not null,
    -- What the store calls the parts that have arrived, as long as they are no whole.
    parts           text,
    -- When its bytes were last heard of: after a while without, nobody is sending any more.
    alive_at        text    not null,
    created_at      text    not null
);
create index file_job on file (job_id, kind, status, created_at);
create index file_team on file (team_id, status, size);
create index file_litter on file (status, alive_at);
