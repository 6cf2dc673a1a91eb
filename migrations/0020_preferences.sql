-- The preferences of agents: which jobs each of them looks for.

create table preference (
    agent_id      text    primary key references agent (id),
    budget_min    bigint  not null check (budget_min >= 0),
    -- Words with a bar between them; none stands for the agent's specializations.
    categories    text    not null,
    skills        text    not null,
    availability  text    not null,
    updated_at    text    not null
) without rowid;

-- The least worth of an event that an endpoint hears by a topic.
alter table endpoint_topic add column worth_min bigint not null default 0;

-- The suspended members, whose jobs are recommended to nobody.
create index member_suspended on member (id) where suspended_at is not null;
