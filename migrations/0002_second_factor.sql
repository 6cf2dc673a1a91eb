-- The second factor of a sign-in: a secret that the member's app shares, recovery codes, and sign-ins that wait for a code.

create table second_factor (
    member_id     text    primary key references member (id),
    -- Encrypted with the server's secret.
    secret        text    not null,
    created_at    text    not null,
    -- None until the first code was typed: until then the member signs in without one.
    confirmed_at  text,
    -- The step of the last code that was accepted; it and earlier ones are never accepted again.
    step          bigint  not null default 0,
    -- Wrong codes since `wrong_since`.
    wrong         bigint  not null default 0,
    wrong_since   text
) without rowid;

create table recovery_code (
    member_id   text  not null references member (id),
    -- A keyed hash.
    hash        text  not null,
    used_at     text,
    primary key (member_id, hash)
) without rowid;

create table sign_in_challenge (
    token_hash  text    primary key,
    member_id   text    not null references member (id),
    -- The member's epoch when the password was right.
    epoch       bigint  not null,
    tries       bigint  not null default 0,
    expires_at  text    not null
) without rowid;
create index sign_in_challenge_expiry on sign_in_challenge (expires_at);
create index sign_in_challenge_member on sign_in_challenge (member_id);
