//! Money: the ledger of the member's teams, and what the payment provider knows of them.

use crate::inventory::Erases::{Columns, Nothing, Rows};
use crate::inventory::{Part, Table};

/// The teams that a member owns, also with others.
macro_rules! owned_teams {
    () => {
        "(select s.team_id from team_member s where s.member_id = $1 and s.role_id = 'role_owner')"
    };
}

/// The accounts of those teams.
macro_rules! owned_accounts {
    () => {
        concat!("(select a.key from account a where a.team_id in ", owned_teams!(), ")")
    };
}

const BOOKS: &str = "books are kept: entries never change, and carry ids alone";
const PROVIDER: &str = "a payment can be taken back after years, and is then found by it";

pub(super) const TABLES: &[Table] = &[
    Table::new(
        "card_acceptance",
        &[Part::new("t.deposit_id in (select d.id from deposit d where d.member_id = $1)", Nothing)
            .shown("card_acceptances", "deposit_id job_id application_id price state")],
    )
    .keeps(&[("deposit_id job_id application_id state", BOOKS)]),
    Table::new(
        "refill",
        &[Part::new(concat!("t.team_id in ", own_teams!()), Rows).shown(
            "refill",
            "team_id member_id threshold amount monthly_limit is_enabled off_reason provider customer card_label low_since paused_until \
             updated_at",
        )],
    )
    .hides(&[("card charging_card charging charging_customer page page_url page_until pages", "the provider's handles of a card")]),
    Table::new(
        "payee",
        &[Part::new(concat!("t.team_id in ", own_teams!()), Rows)
            .shown("payout_account", "team_id updated_at provider account state missing is_weekly known_at asked_at")],
    ),
    Table::new(
        "payout",
        &[Part::new(concat!("t.member_id = $1 or t.team_id in ", own_teams!()), Nothing).shown(
            "payouts",
            "id created_at team_id member_id amount reversed state provider account transfer bank_payment reason was_paid refusals \
             settled_at check_at",
        )],
    )
    .keeps(&[("id team_id member_id state provider account transfer bank_payment reason created_at settled_at check_at", PROVIDER)]),
    Table::new(
        "deposit",
        &[Part::new(
            concat!("t.member_id = $1 or t.team_id in ", own_teams!()),
            Columns(&[("request", "null"), ("checkout_url", "null"), ("back", "''")]),
        )
        .shown(
            "deposits",
            "id created_at team_id member_id amount fee status provider method request session payment back credited changes expires_at \
             is_charge on_paid check_at settled_at",
        )],
    )
    .hides(&[("checkout_url", "who opens it can pay, and sees the payer's data")])
    .keeps(&[("id team_id member_id status created_at settled_at provider method session payment expires_at on_paid check_at", PROVIDER)]),
    Table::nothing("payment_reversal", "ids and amounts of the payment provider"),
    Table::nothing("payment_news", "what the payment provider sent, which a sweep deletes after some weeks"),
    Table::nothing("payment_turn", "one row, which is locked"),
    Table::new(
        "leg",
        &[Part::new(concat!("t.account_key in ", owned_accounts!()), Nothing).shown("wallet_legs", "entry_key account_key amount balance")],
    ),
    Table::new(
        "entry",
        &[Part::new(concat!("t.key in (select l.entry_key from leg l where l.account_key in ", owned_accounts!(), ")"), Nothing)
            .shown("wallet_entries", "key id reason subject posted_at hash seq")],
    )
    .keeps(&[("id reason subject posted_at hash", BOOKS)]),
    Table::new(
        "account",
        &[Part::new(concat!("t.team_id in ", owned_teams!()), Nothing).shown("wallet_accounts", "key id purpose team_id balance")],
    )
    .keeps(&[("id purpose team_id", BOOKS)]),
];
