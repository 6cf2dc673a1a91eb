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
-- When the provider is asked about it next.
alter table deposit add column check_at     text;
update deposit set credited = amount, changes = 1 where status = 'paid';
update deposit set session = id where status = 'open';

create unique index deposit_request on deposit (request) where request is not null;
create index deposit_payment on deposit (payment) where payment is not null;
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
    body        text    not null,
    received_at text    not null
) without rowid;
create index payment_news_received on payment_news (received_at);
create index payment_news_refused on payment_news (received_at) where outcome = 'refused';

-- One row, which is locked while a piece of news is applied: so a payment's own news and those of its refund never miss each other.
create table payment_turn (
    key      integer primary key,
    taken_at text
);
insert into payment_turn (key) values (1);
