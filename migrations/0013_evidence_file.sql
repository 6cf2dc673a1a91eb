-- A file may be evidence: one side of a dispute sends it and shows it. What a kind may be is part of the table, which is
-- made anew for that; nothing refers to it.
create table file_anew (
    id              text    primary key,
    job_id          text    not null references job (id),
    -- The version it was handed in with; none for attachments and evidence, and for what waits to be handed in.
    deliverable_id  text    references deliverable (id),
    kind            text    not null check (kind in ('attachment', 'deliverable', 'evidence')),
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
insert into file_anew (id, job_id, deliverable_id, kind, team_id, member_id, status, name, content_type, size, sha256, parts,
                       alive_at, created_at)
select id, job_id, deliverable_id, kind, team_id, member_id, status, name, content_type, size, sha256, parts, alive_at, created_at
from file;
drop table file;
alter table file_anew rename to file;
create index file_job on file (job_id, kind, status, created_at);
create index file_team on file (team_id, status, size);
create index file_litter on file (status, alive_at);

-- Whether a file was shown as evidence.
create index evidence_file on evidence (file_id);
