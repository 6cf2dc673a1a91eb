-- The open jobs of a category, in the order of their list.
create index job_open_category on job (category, (featured_until is null), created_at desc, id) where status = 'open';
-- A team's jobs by status: counted, listed newest first, and with the time of what happens next. It also finds those that bind no
-- money yet.
create index job_stage on job (team_id, status, created_at desc, id, due_at);
drop index job_unfunded;
-- The unfinished jobs of a worker by status, the nearest deadline first, and the finished ones, newest first.
create index job_working on job (worker_team_id, status, due_at, id) where worker_team_id is not null and closed_at is null;
create index job_completed on job (worker_team_id, created_at desc, id) where status = 'completed';
drop index job_finished;
