-- The public questions on a job, numbered on each job, and the poster's answers. A removed one keeps its place; its words are not shown.
create table question (
    id           text    primary key,
    job_key      bigint  not null references job (key),
    number       bigint  not null check (number > 0),
    team_id      text    not null references team (id),
    member_id    text    not null references member (id),
    body         text    not null,
    -- 1 if the asker had read a confidential brief: then those alone read the question who may read the brief.
    behind_nda   bigint  not null,
    status       text    not null,
    answer       text,
    created_at   text    not null,
    answered_at  text,
    unique (job_key, number)
);
