-- The whole schema, for both engines.
--
-- Columns are text, bigint or double precision. Times are fixed-width UTC text made by the program, and so are ids. A job's
-- id is random (a UUID v4 whose first digits people read aloud), so tables refer to a job by its internal `key`, which rises;
-- every other id rises with the time it was made, so tables refer to it directly. Words are checked by types, numbers by the
-- database: a `check (word in …)` could not be widened later on a table that others reference.
--
-- Two phrases are SQLite's and translated for PostgreSQL by the loader (market/platform/src/db/migrations.rs): `integer  primary key`
-- (a key that the database counts) and `without rowid` (rows that lie in the order of their primary key).

-- Who there is: members, the teams that own everything, and how they prove who they are.

create table member (
    id             text    primary key,
    email          text    not null unique,
    name           text    not null,
    password_hash  text    not null,
    role           text    not null,
    -- The member's personal team.
    team_id        text    not null,
    verified_at    text,
    -- Counts password changes: sessions and tokens of an older epoch no longer hold.
    epoch          bigint  not null default 0,
    created_at     text    not null
) without rowid;
create index member_admin on member (id) where role = 'admin';

create table team (
    id          text  primary key,
    name        text  not null,
    kind        text  not null,
    plan        text  not null,
    created_at  text  not null
) without rowid;

create table team_member (
    team_id     text  not null references team (id),
    member_id   text  not null references member (id),
    -- A built-in role, which stands in the program, or one of the team's own.
    role_id     text  not null,
    created_at  text  not null,
    primary key (team_id, member_id)
) without rowid;
create index team_member_of on team_member (member_id);

-- A team's own roles; scopes are words with a space between them.
create table role (
    id          text  primary key,
    team_id     text  not null references team (id),
    name        text  not null,
    scopes      text  not null,
    created_at  text  not null
) without rowid;
create index role_team on role (team_id);

create table invitation (
    id          text    primary key,
    team_id     text    not null references team (id),
    email       text    not null,
    role_id     text    not null,
    -- The member who sent the last letter.
    invited_by  text    not null references member (id),
    status      text    not null,
    -- The SHA-256 of the link's secret, while the link can be followed.
    token_hash  text    unique,
    letters     bigint  not null check (letters > 0),
    created_at  text    not null,
    sent_at     text    not null,
    expires_at  text    not null,
    ended_at    text
) without rowid;
create unique index invitation_open on invitation (team_id, email) where ended_at is null;
create index invitation_sent on invitation (invited_by, sent_at);
create index invitation_ended on invitation (ended_at) where ended_at is not null;

create table session (
    id          text  primary key,
    record      text  not null,
    -- The member who is signed in by it.
    member_id   text  references member (id),
    created_at  text  not null,
    expires_at  text  not null
);
create index session_expiry on session (expires_at);
create index session_member on session (member_id, created_at) where member_id is not null;

-- What a member typed into a form whose session had ended; one each.
create table unsent_form (
    member_id   text  primary key references member (id),
    record      text  not null,
    expires_at  text  not null
);
create index unsent_form_expiry on unsent_form (expires_at);

-- Links that were mailed to members, each good for one use.
create table mailed_link (
    token_hash  text  primary key,
    purpose     text  not null,
    member_id   text  not null references member (id),
    -- The address that it was sent to.
    email       text  not null,
    created_at  text  not null,
    expires_at  text  not null,
    -- Used, or replaced by a newer one. The row stays a while, because letters are counted.
    ended_at    text
) without rowid;
create index mailed_link_member on mailed_link (member_id, purpose, created_at);
create index mailed_link_address on mailed_link (email, purpose, created_at);
create index mailed_link_expiry on mailed_link (purpose, expires_at);

create table agent (
    id          text    primary key,
    team_id     text    not null references team (id),
    kind        text    not null,
    name        text    not null,
    bio         text    not null,
    status      text    not null,
    -- The one agent of its team that acts where none is named.
    is_default  bigint  not null check (is_default between 0 and 1),
    created_at  text    not null,
    updated_at  text    not null
);
create index agent_team on agent (team_id, created_at);
create unique index agent_default on agent (team_id) where is_default = 1;

create table specialization (
    agent_id  text  not null references agent (id),
    category  text  not null,
    primary key (agent_id, category)
) without rowid;

create table api_key (
    id            text  primary key,
    hash          text  not null unique,
    member_id     text  not null references member (id),
    team_id       text  not null references team (id),
    name          text  not null,
    prefix        text  not null,
    last_four     text  not null,
    scopes        text  not null,
    created_at    text  not null,
    expires_at    text,
    last_used_at  text,
    revoked_at    text,
    -- The key that made it, if a key did: it ends with that one at the latest.
    made_by       text  references api_key (id),
    -- The agent it acts as, if it is one agent's own.
    agent_id      text  references agent (id)
) without rowid;
create index api_key_team on api_key (team_id, created_at);
create index api_key_maker on api_key (made_by) where made_by is not null;

-- Every cent, twice. Entries and legs are only ever inserted.

create table account (
    key      integer  primary key,
    -- `wallet:` and a team, `escrow:` and a job: what the hash chain calls it.
    id       text     not null unique,
    purpose  text     not null,
    -- The owner, unless it is the operator's or the outside world's.
    team_id  text     references team (id),
    balance  bigint   not null default 0,
    check (balance >= 0 or purpose in ('provider', 'debt'))
);
-- A team's money that is put aside, by purpose.
create index account_aside on account (team_id, purpose) where purpose <> 'wallet' and balance > 0;

create table entry (
    seq        integer  primary key,
    id         text     not null unique,
    reason     text     not null,
    subject    text     not null,
    posted_at  text     not null,
    hash       text     not null
);

create table leg (
    seq          bigint  not null references entry (seq),
    account_key  bigint  not null references account (key),
    amount       bigint  not null check (amount <> 0),
    balance      bigint  not null,
    primary key (seq, account_key)
) without rowid;
create index leg_account on leg (account_key, seq);

-- The last link of each chain that is numbered without gaps: a writer holds its row until commit.
create table chain_head (
    chain  text    primary key,
    seq    bigint  not null,
    hash   text    not null
) without rowid;
insert into chain_head (chain, seq, hash) values ('entry', 0, ''), ('event', 0, '');

create table deposit (
    id          text    primary key,
    team_id     text    not null references team (id),
    member_id   text    not null references member (id),
    amount      bigint  not null check (amount > 0),
    fee         bigint  not null check (fee >= 0),
    status      text    not null,
    created_at  text    not null,
    settled_at  text
) without rowid;
create index deposit_team on deposit (team_id, created_at);

-- Events, timers, and the answers that were given under an idempotency key.

create table event (
    seq       integer  primary key,
    id        text     not null,
    type      text     not null,
    team_id   text     not null,
    subject   text     not null,
    payload   text     not null,
    at        text     not null,
    -- Who receives it besides the team whose it is: team ids and topics, with a space between them.
    audience  text     not null
);
create index event_subject on event (subject, seq);
create index event_team on event (team_id, seq);

create table event_audience (
    topic  text    not null,
    seq    bigint  not null,
    primary key (topic, seq)
) without rowid;

create table timer (
    key           integer  primary key,
    id            text     not null unique,
    kind          text     not null,
    subject       text     not null,
    payload       text     not null,
    due_at        text     not null,
    attempts      bigint   not null default 0,
    leased_until  text,
    last_error    text,
    dead_at       text
);
create index timer_due on timer (due_at);

create table idempotency (
    scope        text    not null,
    key          text    not null,
    fingerprint  text    not null,
    status       bigint  not null,
    body         text    not null,
    created_at   text    not null,
    primary key (scope, key)
) without rowid;
create index idempotency_age on idempotency (created_at);

-- Facts that hold as long as the database does, such as whether its money is play money.
create table setting (
    name   text  primary key,
    value  text  not null
) without rowid;

-- Work: jobs, who may read them, who applies for them, and what was delivered.

create table job (
    key             integer  primary key,
    id              text     not null unique,
    team_id         text     not null references team (id),
    member_id       text     not null references member (id),
    title           text     not null,
    -- The title in lower case, made by the program: the engines don't agree on what lower case is.
    search          text     not null,
    description     text     not null,
    category        text     not null,
    status          text     not null,
    budget_min      bigint   not null,
    budget_max      bigint   not null,
    deadline        text,
    release_delay   bigint   not null,
    fee_bps         bigint   not null,
    disputed_at     text,
    -- The author of the last approval, which binds the poster.
    approved_by     text,
    agent_id        text     references agent (id),
    worker_team_id  text     references team (id),
    application_id  text,
    price           bigint,
    escrow          text     not null,
    revisions       bigint   not null default 0,
    reason          text,
    due_at          text,
    created_at      text     not null,
    updated_at      text     not null,
    closed_at       text,
    -- A timer clears it, so every job that has it stands above the others.
    featured_until  text,
    version         bigint   not null default 0,
    check (budget_min > 0 and budget_max >= budget_min)
);
-- The open jobs in the order of their list: featured ones first, then the newest.
create index job_open on job ((featured_until is null), created_at desc, id) where status = 'open';
-- A team's jobs, newest first; and those of a worker.
create index job_posted on job (team_id, created_at desc, id);
create index job_worked on job (worker_team_id, created_at desc, id) where worker_team_id is not null;
-- The jobs that wait for proofers, the longest waiting first.
create index job_review on job (created_at, id) where status = 'pending_proof';
create index job_agent on job (agent_id) where agent_id is not null;

create table nda (
    job_key    bigint  not null references job (key),
    team_id    text    not null references team (id),
    member_id  text    not null references member (id),
    version    text    not null,
    agreed_at  text    not null,
    primary key (job_key, team_id)
) without rowid;

create table application (
    id            text    primary key,
    job_key       bigint  not null references job (key),
    agent_id      text    not null references agent (id),
    team_id       text    not null references team (id),
    kind          text    not null,
    cover_letter  text    not null,
    price         bigint  not null check (price > 0),
    status        text    not null,
    created_at    text    not null,
    -- When its price or letter was last changed.
    changed_at    text,
    -- Why it was declined: a word that can be counted and a sentence.
    reason        text,
    message       text,
    unique (job_key, kind, team_id)
);
create index application_team on application (team_id, created_at);
create index application_waiting on application (job_key, kind) where status = 'pending';

create table deliverable (
    id          text    primary key,
    job_key     bigint  not null references job (key),
    agent_id    text    not null references agent (id),
    version     bigint  not null,
    content     text    not null,
    note        text    not null,
    created_at  text    not null,
    unique (job_key, version)
);

-- Files that the store of bytes holds for a job. The row is there before the first byte, and outlives the last one.
create table file (
    id              text    primary key,
    job_key         bigint  not null references job (key),
    -- The version it was delivered with; none for attachments and evidence, and for what waits to be delivered.
    deliverable_id  text    references deliverable (id),
    kind            text    not null,
    -- The team whose room it takes.
    team_id         text    not null references team (id),
    member_id       text    not null references member (id),
    status          text    not null,
    name            text    not null,
    content_type    text    not null,
    size            bigint  not null check (size >= 0),
    sha256          text    not null,
    -- Set on an attachment that came after a worker was chosen: applicants don't read it.
    for_chosen      bigint  not null default 0,
    -- The store's names of the parts that have arrived, as long as they are no whole.
    parts           text,
    -- When its bytes last arrived: after a while without, the upload counts as broken off.
    alive_at        text    not null,
    created_at      text    not null
);
create index file_job on file (job_key, kind, status, created_at);
create index file_team on file (team_id, status, size);
create index file_litter on file (status, alive_at);

-- Reviews: what the poster asks for, who holds a seat, which verdicts were given, and the consensus of each round.

-- A job without a row has no proofers. A review changes with its job, whose version guards both.
create table review (
    job_key        bigint  primary key references job (key),
    -- The poster's team, so that its reviewed jobs are one list.
    team_id        text    not null references team (id),
    proofer_count  bigint  not null check (proofer_count > 0),
    proof_fee      bigint  not null check (proof_fee > 0),
    tie_break      bigint  not null,
    rubric         text    not null,
    -- The round that runs or ran last; 0 before the first.
    round          bigint  not null default 0,
    consensus      text,
    round_ends_by       text,
    updated_at     text    not null
) without rowid;
create index review_team on review (team_id, updated_at desc, job_key) where round > 0;

create table proof_seat (
    id              text    primary key,
    job_key         bigint  not null references job (key),
    round           bigint  not null,
    application_id  text    not null references application (id),
    agent_id        text    not null references agent (id),
    team_id         text    not null references team (id),
    fee             bigint  not null check (fee > 0),
    status          text    not null,
    -- Set on the one proofer more that is asked when the others tie.
    tie_break       bigint  not null,
    due_at          text,
    created_at      text    not null,
    settled_at      text,
    unique (job_key, round, team_id)
);
create index proof_seat_team on proof_seat (team_id, created_at);

-- A verdict, never changed.
create table proof (
    id              text    primary key,
    seat_id         text    not null unique references proof_seat (id),
    job_key         bigint  not null references job (key),
    round           bigint  not null,
    verdict         text    not null,
    score           bigint  not null check (score between 0 and 100),
    sections        text    not null,
    items           text    not null,
    reason          text    not null,
    summary         text    not null,
    agent_feedback  text    not null,
    submitted_at    text    not null
);
create index proof_job on proof (job_key, round);

-- A verdict that is still being written.
create table proof_draft (
    seat_id   text  primary key references proof_seat (id),
    body      text  not null,
    saved_at  text  not null,
    -- The tab that saved it, so that an older tab does not overwrite it unseen; empty for a program.
    saved_by  text  not null
);

create table proof_round (
    job_key         bigint  not null references job (key),
    round           bigint  not null,
    consensus       text    not null,
    approve         bigint  not null,
    needs_revision  bigint  not null,
    reject          bigint  not null,
    score           bigint  not null,
    decided_at      text    not null,
    primary key (job_key, round)
) without rowid;

-- Conversation on a job, ratings after it, and disputes that the sides could not settle themselves.

create table message (
    id              text    primary key,
    job_key         bigint  not null references job (key),
    number          bigint  not null,
    -- The worker's side of the conversation: another worker may be chosen later, and does not read it.
    worker_team_id  text    not null references team (id),
    team_id         text    not null references team (id),
    member_id       text    not null references member (id),
    role            text    not null,
    body            text    not null,
    created_at      text    not null,
    -- The review round in which it was sent: the worker hears its proofers when it is over.
    round           bigint  not null,
    unique (job_key, number)
);

create table rating (
    id             text    primary key,
    job_key        bigint  not null references job (key),
    -- The side that rates.
    side           text    not null,
    team_id        text    not null references team (id),
    member_id      text    not null references member (id),
    rated_team_id  text    not null references team (id),
    stars          bigint  not null check (stars between 1 and 5),
    comment        text    not null,
    created_at     text    not null,
    -- From when on others read it: when both sides have rated, or when the time for it is over.
    visible_at     text    not null,
    unique (job_key, side)
);
create index rating_rated on rating (rated_team_id, visible_at);

create table dispute (
    id            text    primary key,
    job_key       bigint  not null references job (key),
    -- The side that opened it, the job's status before, and whether it refused work that the proofers had approved.
    side          text    not null,
    team_id       text    not null references team (id),
    member_id     text    not null references member (id),
    came_from     text    not null,
    by_rejection  bigint  not null,
    -- The fact that came up after the poster had approved the work.
    new_fact      text,
    -- The number of versions, and the milliseconds that were left of the job's timer, when it was opened.
    versions      bigint  not null,
    time_left     bigint  not null,
    statement     text    not null,
    answer        text,
    answered_at   text,
    status        text    not null,
    due_at        text    not null,
    ruling        text,
    worker_share  bigint,
    reason        text,
    ruled_by      text    references member (id),
    created_at    text    not null,
    closed_at     text
);
-- A job's disputes, of which one at a time is open.
create unique index dispute_job on dispute (job_key, (case when status = 'open' then '' else id end));
create index dispute_due on dispute (status, due_at);

create table evidence (
    id          text    primary key,
    dispute_id  text    not null references dispute (id),
    number      bigint  not null,
    side        text    not null,
    member_id   text    not null references member (id),
    body        text    not null,
    file_id     text,
    created_at  text    not null,
    unique (dispute_id, number)
);
-- Whether a file was shown as evidence.
create index evidence_file on evidence (file_id) where file_id is not null;

-- Notifications: what members are told, and how they want it by mail.

create table notification (
    key         integer  primary key,
    id          text     not null unique,
    member_id   text     not null references member (id),
    -- The team that it concerns.
    team_id     text     not null references team (id),
    kind        text     not null,
    place       text     not null,
    -- The event, or the move with its time: a member is told a thing once.
    about       text     not null,
    job_key     bigint   references job (key),
    body        text     not null,
    due_at      text,
    -- 1 while it is the member's move.
    waits       bigint   not null check (waits between 0 and 1),
    mailing     text     not null,
    created_at  text     not null,
    -- When the member was last told: a reminder tells again.
    told_at     text     not null,
    read_at     text,
    unique (member_id, about)
);
create index notification_told on notification (member_id, told_at, key);
create index notification_age on notification (told_at);
create index notification_open on notification (member_id, place) where (read_at is null or waits = 1);
create index notification_job on notification (job_key) where waits = 1;
create index notification_digest on notification (member_id, key) where mailing = 'due';

-- How a member wants a kind of notification by mail, where it is not the usual way.
create table mail_choice (
    member_id  text  not null references member (id),
    kind       text  not null,
    delivery   text  not null,
    primary key (member_id, kind)
) without rowid;

-- The secret of the links that stop a member's mail. It can do nothing else.
create table mail_stop (
    member_id  text  primary key references member (id),
    secret     text  not null unique
) without rowid;
