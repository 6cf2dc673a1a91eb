-- Payments by a provider outside: a deposit has a checkout there, news of it come in any order, and money can be taken back.

-- Earlier deposits are the sandbox's.
alter table deposit add column provider     text   not null default 'sandbox';
alter table deposit add column method       text   not null default 'card';
-- The request that made it, so that a repetition after a crash finds it.
alter table deposit add column request      text;
-- The provider's ids of the checkout and of the payment.
alter table deposit add column session      text;
alter table deposit add column payment      text;
alter table deposit add column checkout_url text;
-- The page to which the payer goes on, once it is paid.
alter table deposit add column back         text   not null default '';
-- The part of the amount that the wallet was credited with, and how often that part changed.
alter table deposit add column credited     bigint not null default 0;
alter table deposit add column changes      bigint not null default 0;
alter table deposit add column expires_at   text;
-- 1 for a charge of a saved card, whose holder is away.
alter table deposit add column is_charge    bigint not null default 0;
-- The kind of the timer that is due once it is paid.
alter table deposit add column on_paid      text;
-- When the provider is asked about it next.
alter table deposit add column check_at     text;
update deposit set credited = amount, changes = 1 where status = 'paid';
update deposit set session = id where status = 'open';

create unique index deposit_request on deposit (request) where request is not null;
create index deposit_payment on deposit (payment) where payment is not null;
create index deposit_charge on deposit (team_id, created_at) where is_charge = 1;
create index deposit_check on deposit (check_at) where check_at is not null;

-- A refund or a dispute of a payment. Its news may come before the payment's own.
create table payment_reversal (
    -- The provider's id.
    id          text    primary key,
    payment     text    not null,
    amount      bigint  not null check (amount >= 0),
    is_dispute  bigint  not null,
    state       text    not null,
    created_at  text    not null
) without rowid;
create index payment_reversal_payment on payment_reversal (payment);

-- The provider's news as they came, each once.
create table payment_news (
    id          text    primary key,
    kind        text    not null,
    outcome     text    not null,
    -- The contradiction of what was refused.
    reason      text,
    body        text    not null,
    received_at text    not null
) without rowid;
create index payment_news_received on payment_news (received_at);
create index payment_news_refused on payment_news (received_at, id) where outcome = 'refused';

-- One row, which is locked while a piece of news is applied: so a payment's own news and those of its refund never miss each other.
create table payment_turn (
    key       integer  primary key,
    taken_at  text
);
insert into payment_turn (key) values (1);

-- A team's automatic refill: a saved card is charged when the available balance falls below the threshold.
create table refill (
    team_id       text   primary key references team (id),
    member_id     text   not null references member (id),
    threshold     bigint not null check (threshold > 0),
    amount        bigint not null check (amount > 0),
    monthly_limit bigint,
    is_enabled    bigint not null,
    off_reason    text,
    -- The provider, and its ids of the payer and the card.
    provider      text   not null,
    customer      text,
    card          text,
    card_label    text,
    -- The page on which a card can be saved, and how many there were before it.
    pages         bigint not null default 0,
    page          text,
    page_url      text,
    page_until    text,
    low_since     text,
    -- The charge that is under way, and the payer and the card that it is asked for with, whatever card is saved meanwhile.
    charging      text,
    charging_customer text,
    charging_card text,
    paused_until  text,
    updated_at    text   not null
) without rowid;
create unique index refill_page on refill (page) where page is not null;
create index refill_charging on refill (charging) where charging is not null;
create index refill_low on refill (low_since) where low_since is not null;

-- The account at the provider to which a team's payouts go.
create table payee (
    team_id    text   primary key references team (id),
    provider   text   not null,
    -- The provider's id of it.
    account    text,
    state      text   not null,
    -- The names of what the provider wants to know, with commas between them.
    missing    text   not null,
    is_weekly  bigint not null,
    updated_at text   not null
) without rowid;
create unique index payee_account on payee (account) where account is not null;
create index payee_not_ready on payee (updated_at) where state <> 'ready';

-- Payouts: money on its way from a wallet to a bank.
create table payout (
    id           text   primary key,
    team_id      text   not null references team (id),
    member_id    text   not null references member (id),
    amount       bigint not null check (amount > 0),
    state        text   not null,
    provider     text   not null,
    account      text   not null,
    -- The provider's ids of the transfer to the account and of the payment to the bank.
    transfer     text,
    bank_payment text,
    reason       text,
    -- 1 if the bank was paid once.
    was_paid     bigint not null,
    refusals     bigint not null,
    created_at   text   not null,
    settled_at   text,
    -- When the provider is asked about it next.
    check_at     text
) without rowid;
create index payout_team on payout (team_id, created_at);
create index payout_transfer on payout (transfer) where transfer is not null;
create index payout_bank_payment on payout (bank_payment) where bank_payment is not null;
create index payout_check on payout (check_at) where check_at is not null;

-- Checkouts that pay for one acceptance each.
create table card_acceptance (
    deposit_id     text   primary key references deposit (id),
    job_id         text   not null,
    application_id text   not null,
    -- The price that the payer agreed to.
    price          bigint not null check (price > 0),
    state          text   not null
) without rowid;
create index card_acceptance_application on card_acceptance (application_id) where state = 'open';
