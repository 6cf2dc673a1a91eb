-- The wrong passwords of an account, by the hash of its address, and the networks from which somebody logged in to it.
create table login_failure (
  account text primary key,
  wrong   bigint not null check (wrong >= 1),
  since   text not null
) without rowid;
create index login_failure_since on login_failure (since);
create table login_network (
  account text not null,
  network text not null,
  seen_at text not null,
  primary key (account, network)
) without rowid;
create index login_network_seen on login_network (seen_at);
