-- What the dashboards read at a glance, however much there is. Each was added after a look at the query's plan.

-- A poster's list, newest first, without sorting all of it.
create index job_posted on job (team_id, created_at desc, id);

-- Whether offers wait on a job, without reading the offers.
create index application_waiting on application (job_id, kind, status);

-- A poster's proofed jobs, the one that changed last first: few of many.
create index job_proofed on job (team_id, updated_at desc, id) where round > 0;
