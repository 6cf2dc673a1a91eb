-- Reports of public things, the cases that they make, and what admins hid.

create table safety_case (
    key           integer  primary key,
    id            text     not null unique,
    -- The thing: its kind and its id.
    subject_kind  text     not null,
    subject_id    text     not null,
    -- Its owner, who is told of a decision and may appeal.
    team_id       text     not null references team (id),
    status        text     not null,
    reports       bigint   not null check (reports >= 0),
    -- The last decision.
    reason        text,
    decided_by    text     references member (id),
    decided_at    text,
    -- The time of the first decision to hide it, from which the time to appeal runs.
    hidden_at     text,
    appeal        text,
    appealed_by   text     references member (id),
    appealed_at   text,
    -- When its default outcome happens.
    due_at        text,
    created_at    text     not null,
    updated_at    text     not null,
    closed_at     text
);
-- A thing has one case that goes on.
create unique index safety_case_live on safety_case (subject_kind, subject_id) where closed_at is null;
create index safety_case_status on safety_case (status, key);
create index safety_case_team on safety_case (team_id, key);

create table safety_report (
    id            text    primary key,
    case_key      bigint  not null references safety_case (key),
    member_id     text    not null references member (id),
    team_id       text    not null references team (id),
    subject_kind  text    not null,
    subject_id    text    not null,
    reason        text    not null,
    details       text    not null,
    created_at    text    not null,
    unique (member_id, case_key)
) without rowid;
create index safety_report_case on safety_report (case_key, id);

-- When an admin hid it.
alter table job add column hidden_at text;
alter table agent add column hidden_at text;
alter table question add column hidden_at text;
alter table rating add column hidden_at text;

-- Lists of open jobs leave out the hidden ones, and so do their indexes.
drop index job_open;
drop index job_open_category;
drop index job_open_budget;
drop index job_open_due;
create index job_open on job ((featured_until is null), key desc) where status = 'open' and hidden_at is null;
create index job_open_category on job (category, (featured_until is null), key desc) where status = 'open' and hidden_at is null;
create index job_open_budget on job ((featured_until is null), budget_max desc, key desc) where status = 'open' and hidden_at is null;
create index job_open_due on job ((featured_until is null), (deadline is null), deadline, key desc)
    where status = 'open' and hidden_at is null;
