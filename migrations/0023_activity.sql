-- What everybody may read of what happens: jobs that are posted, work that is paid unless it is confidential, payouts.

insert into event_audience (topic, seq)
select 'public', e.seq from event e join job j on j.id = e.subject
where e.type = 'job.posted' or (e.type = 'job.completed' and j.confidential = 0);

create index job_paid on job (closed_at) where status = 'completed' and confidential = 0;
