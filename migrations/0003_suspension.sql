-- Members whom an admin suspended, and those who never verified their address.

alter table member add column suspended_at text;
alter table member add column suspended_for text;
create index member_unverified on member (created_at) where verified_at is null;
