-- Copies of members' data, and the deletion of accounts.

create table export (
    id            text    primary key,
    member_id     text    not null references member (id),
    status        text    not null,
    -- How often it was begun.
    attempts      bigint  not null default 0,
    -- The store's name for the parts that have arrived, as long as they are no whole.
    parts         text,
    size          bigint  not null default 0 check (size >= 0),
    requested_at  text    not null,
    -- When a worker looks at it next: to build it, or to remove it.
    due_at        text    not null,
    -- When its link ends; none before there is one.
    expires_at    text
) without rowid;
create index export_member on export (member_id, requested_at);
create index export_due on export (due_at);

-- When an account is deleted whose member asked for that, and when it was.
alter table member add column deletion_at text;
alter table member add column erased_at text;
create index member_deletion on member (deletion_at) where deletion_at is not null;

-- 1 if words that a hallmark seals were deleted with their author's account.
alter table hallmark add column words_removed bigint not null default 0;
