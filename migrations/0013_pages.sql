-- Fewer pages are written for each act: rows that belong together lie side by side.

-- Answers lie in the order of their time, and their index is as small as can be.
create table answer (
    key          integer  primary key,
    -- The hash of the scope and the caller's key; in rows from before this file, both of them.
    claim        text     not null unique,
    fingerprint  text     not null,
    status       bigint   not null,
    body         text     not null,
    created_at   text     not null
);
insert into answer (claim, fingerprint, status, body, created_at)
    select scope || ' ' || key, fingerprint, status, body, created_at from idempotency order by created_at, scope, key;
drop table idempotency;
alter table answer rename to idempotency;

-- Lists of jobs go by the job's key, which rises with the time of posting and is short.
drop index job_open;
drop index job_open_category;
drop index job_open_budget;
drop index job_open_due;
drop index job_posted;
drop index job_stage;
drop index job_worked;
drop index job_working;
drop index job_completed;
create index job_open on job ((featured_until is null), key desc) where status = 'open';
create index job_open_category on job (category, (featured_until is null), key desc) where status = 'open';
create index job_open_budget on job ((featured_until is null), budget_max desc, key desc) where status = 'open';
create index job_open_due on job ((featured_until is null), (deadline is null), deadline, key desc) where status = 'open';
-- A team's jobs, newest first; and by status, with the time of what happens next.
create index job_posted on job (team_id, key);
create index job_stage on job (team_id, status, key, due_at);
-- A worker's jobs, newest first; the unfinished ones by status, the nearest deadline first; and the finished ones.
create index job_worked on job (worker_team_id, key) where worker_team_id is not null;
create index job_working on job (worker_team_id, status, due_at, key) where worker_team_id is not null and closed_at is null;
create index job_completed on job (worker_team_id, key) where status = 'completed';

-- The history of a job is found by the job's key; nobody asks for the history of other things.
alter table event add column job_key bigint;
update event set job_key = (select key from job where job.id = event.subject);
drop index event_subject;
create index event_job on event (job_key, seq) where job_key is not null;

-- Who receives an event, the event's own team included. SQLite's writer adds rows to the end of the second table, and sorts many of
-- them into the first at once.
create table fresh_audience (
    seq    bigint  not null,
    topic  text    not null,
    primary key (seq, topic)
) without rowid;
insert into event_audience (topic, seq) select team_id, seq from event where seq > coalesce((select seq from chain_head where chain = 'event_swept'), 0);
drop index event_team;

-- The number of the last event that is not about a job: until the next one, what members and keys may do stays as it is.
insert into chain_head (chain, seq, hash) select 'event_not_of_job', seq, '' from chain_head where chain = 'event';

-- Mail that waits for its server is not in the way of other timers.
drop index timer_due;
create index timer_due on timer (due_at) where kind <> 'mail.send';
create index timer_mail on timer (due_at) where kind = 'mail.send';

-- The timers of jobs lie in the order of their jobs' keys, too.
update timer set id = (select 'job:' || substr('000000000000' || cast(key as text), length(cast(key as text)) + 1) from job where job.id = timer.subject)
    where id like 'job:%' and subject in (select id from job);
