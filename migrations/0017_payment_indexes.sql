-- Payments once more: what a payout may take, a transfer that is taken back in part, how old the answers about payees are, and indexes
-- for what workers and pages ask every few seconds.

-- The part of a payout that the operator took back at the provider while the payout went on; the wallet has it again.
alter table payout add column reversed bigint not null default 0;

-- When the question began whose answer the state is: an answer to an earlier one is out of date.
alter table payee add column known_at text;
-- When a reader had the provider asked last.
alter table payee add column asked_at text;

-- Balances that may have fallen: the others were told.
create index refill_watched on refill (team_id) where low_since is null;
-- A team's deposits that wait for their payer, and those that a bank was asked for.
create index deposit_open on deposit (team_id, id) where status = 'open' and is_charge = 0;
create index deposit_processing on deposit (team_id, amount) where status = 'processing';
-- A team's paid deposits in the order in which they came, with the part that the wallet has.
create index deposit_credited on deposit (team_id, settled_at, id, credited) where status = 'paid' and credited > 0;
-- A team's payouts on their way.
create index payout_under_way on payout (team_id, id) where state in ('asked', 'sent', 'returning');
