-- Every cent, twice. Entries and legs are only ever inserted.

create table account (
    id       text    primary key,
    kind     text    not null check (kind in ('wallet', 'escrow', 'fees', 'provider')),
    balance  bigint  not null default 0,
    check (balance >= 0 or kind = 'provider')
);

create table entry (
    id         text    primary key,
    seq        bigint  not null unique,
    reason     text    not null,
    subject    text    not null,
    posted_at  text    not null,
    hash       text    not null
);

create table leg (
    entry_id    text    not null references entry (id),
    account_id  text    not null references account (id),
    amount      bigint  not null check (amount <> 0),
    balance     bigint  not null,
    seq         bigint  not null,
    primary key (entry_id, account_id)
);
create index leg_account on leg (account_id, seq);

-- The last link of each chain that is numbered without gaps: whoever writes next holds its row until commit.
create table head (
    chain  text    primary key,
    seq    bigint  not null,
    hash   text    not null
);
insert into head (chain, seq, hash) values ('entry', 0, ''), ('event', 0, '');

create table deposit (
    id          text    primary key,
    team_id     text    not null references team (id),
    member_id   text    not null references member (id),
    amount      bigint  not null check (amount > 0),
    fee         bigint  not null check (fee >= 0),
    status      text    not null check (status in ('open', 'paid', 'cancelled', 'expired')),
    created_at  text    not null,
    settled_at  text
);
create index deposit_team on deposit (team_id, created_at);
