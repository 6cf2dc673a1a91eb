//! The fates of accounts, transfers and payouts, which Stripe or a payee's bank decides.

use super::found;
use crate::api::connect::{accounts, payouts, transfers};
use crate::state::Shared;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

/// The parts that an account lacks from now on; none: it is free to be paid.
#[derive(Deserialize)]
pub(super) struct Account {
    account: String,
    #[serde(default)]
    due: Vec<String>,
}

pub(super) async fn account(State(fake): State<Shared>, Json(asked): Json<Account>) -> StatusCode {
    let mut held = fake.lock();
    if held.get(&asked.account)["object"] != "account" {
        return StatusCode::NOT_FOUND;
    }
    let due: Vec<&str> = asked.due.iter().map(String::as_str).collect();
    accounts::require(&mut held, &asked.account, &due);
    StatusCode::OK
}

/// The outcome of a payout, by its id; or an automatic payout of all that an account has.
#[derive(Deserialize)]
pub(super) struct Payout {
    payout: Option<String>,
    status: Option<String>,
    failure_code: Option<String>,
    account: Option<String>,
}

pub(super) async fn payout(State(fake): State<Shared>, Json(asked): Json<Payout>) -> StatusCode {
    let mut held = fake.lock();
    if let (Some(payout), Some(status)) = (&asked.payout, &asked.status) {
        let is_payout = held.get(payout)["object"] == "payout";
        if is_payout {
            payouts::decide(&mut held, payout, status, asked.failure_code.as_deref());
        }
        return found(is_payout);
    }
    let account = asked.account.as_deref();
    let cents = held.balance(account, "usd");
    match payouts::bank_of(&held, account, "usd") {
        Ok(bank) if cents > 0 => {
            let made = payouts::make(&mut held, account, (cents, "usd"), &bank, true);
            held.emit("payout.created", &made);
            StatusCode::OK
        }
        _ => StatusCode::CONFLICT,
    }
}

/// A transfer that Stripe takes back; none: all that is left of it.
#[derive(Deserialize)]
pub(super) struct Transfer {
    transfer: String,
    amount: Option<i64>,
}

pub(super) async fn transfer(State(fake): State<Shared>, Json(asked): Json<Transfer>) -> StatusCode {
    let mut held = fake.lock();
    let transfer = held.get(&asked.transfer);
    let left = transfer["amount"].as_i64().unwrap_or(0) - transfer["amount_reversed"].as_i64().unwrap_or(0);
    let amount = asked.amount.unwrap_or(left);
    if transfer["object"] != "transfer" || amount < 1 || amount > left {
        return StatusCode::NOT_FOUND;
    }
    transfers::reverse(&mut held, &transfer, amount);
    StatusCode::OK
}

/// The cents that an account, or the platform, has from now on.
#[derive(Deserialize)]
pub(super) struct Balance {
    account: Option<String>,
    available: i64,
    currency: Option<String>,
}

pub(super) async fn balance(State(fake): State<Shared>, Json(asked): Json<Balance>) -> StatusCode {
    let currency = asked.currency.as_deref().unwrap_or("usd");
    fake.lock().set_balance(asked.account.as_deref(), currency, asked.available);
    StatusCode::OK
}
