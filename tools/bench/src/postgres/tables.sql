create table raw_account (id bigint primary key, balance bigint not null);
create table raw_job (id uuid primary key, account_id bigint not null, title text not null, status text not null);
create table raw_entry (id bigint generated always as identity primary key, account_id bigint not null, amount bigint not null);
create table raw_event (id bigint generated always as identity primary key, name text not null, job_id uuid not null);
insert into raw_account select n, 0 from generate_series(1, 10000) n;
