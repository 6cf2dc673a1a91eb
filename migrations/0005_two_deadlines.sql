-- The time until which a job takes applications; `deadline` is the time by which the work must be delivered.
alter table job add column applications_until text;
-- An open job was taken down at its deadline, or after the usual time: it still is.
update job set applications_until = due_at where status = 'open';
