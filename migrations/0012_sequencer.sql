-- Entries and events are written before they are numbered: on PostgreSQL acts don't wait for each other's commits, and a
-- sequencer numbers what has been committed.
alter table entry rename column seq to key;
alter table leg rename column seq to entry_key;
-- The number in the chain; none until the entry has its link.
alter table entry add column seq bigint;
update entry set seq = key;
create unique index entry_seq on entry (seq);
create index entry_waiting on entry (key) where seq is null;
-- postgres: select setval(pg_get_serial_sequence('entry', 'key'), coalesce((select max(key) from entry), 0) + 1, false);

-- The committed events that have no number yet.
create table waiting_event (
    key       integer  primary key,
    id        text     not null,
    type      text     not null,
    team_id   text     not null,
    subject   text     not null,
    payload   text     not null,
    at        text     not null,
    audience  text     not null
);
