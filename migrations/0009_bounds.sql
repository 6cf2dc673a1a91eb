-- Accounts that lapse are looked for among those that own nothing.
create index account_team on account (team_id);
create index nda_team on nda (team_id);
-- An applicant's finished jobs are counted for each application that is listed.
create index job_finished on job (worker_team_id) where status = 'completed';
-- Timers that failed for good, for the console.
create index timer_dead on timer (key) where dead_at is not null;
-- The jobs of a team that bind no money yet: they are counted when it posts another.
create index job_unfunded on job (team_id) where status in ('open', 'pending_escrow');
