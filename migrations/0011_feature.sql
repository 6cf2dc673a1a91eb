-- Jobs that stand above others for a while. A timer clears the column, so what is set is what holds.
alter table job add column featured_until text;

-- The open jobs in the order of their list: featured ones first, then the newest.
create index job_listed on job (status, (featured_until is null), created_at desc, id);
