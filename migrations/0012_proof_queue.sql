-- Whoever looks for reviews is not shown the jobs where they hold a seat already.
create index proof_seat_job on proof_seat (team_id, job_id);
