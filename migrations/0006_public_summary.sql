-- What everybody reads of a job, and whether its brief stands behind the NDA. The briefs of earlier jobs do.
alter table job add column summary text not null default '';
alter table job add column confidential bigint not null default 1;
