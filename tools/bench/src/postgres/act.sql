\set account random(1, 10000)
\set a random(0, 4611686018427387903)
begin;
insert into raw_job (id, account_id, title, status) values (md5(:a::text || :client_id::text)::uuid, :account, 'Replace a parser', 'open') on conflict do nothing;
update raw_account set balance = balance - 1 where id = :account;
insert into raw_entry (account_id, amount) values (:account, -1);
insert into raw_event (name, job_id) values ('job.posted', md5(:a::text)::uuid);
commit;
