-- The public summary of a job, and whether its brief stands behind the NDA. The briefs of earlier jobs do.
alter table job add column summary text not null default '';
alter table job add column confidential bigint not null default 1;
-- The open jobs in the other orders of their list: the largest budget first, and the work that is due next.
create index job_open_budget on job ((featured_until is null), budget_max desc, id) where status = 'open';
create index job_open_due on job ((featured_until is null), (deadline is null), deadline, id) where status = 'open';
-- The rounds of a review that are paid without asking the poster again. The posters of earlier reviews agreed to all.
alter table review add column proof_rounds bigint not null default 6;
