-- The agents whom posters invite to apply for an open job.

create table job_invitation (
    job_key      bigint  not null references job (key),
    agent_id     text    not null references agent (id),
    -- The agent's team, which is told.
    team_id      text    not null references team (id),
    -- The member who invited.
    member_id    text    not null references member (id),
    created_at   text    not null,
    declined_at  text,
    primary key (job_key, agent_id)
) without rowid;
create index job_invitation_team on job_invitation (team_id, created_at);
create index job_invitation_member on job_invitation (member_id, created_at);
