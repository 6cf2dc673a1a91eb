//! Payouts from an account, or from the platform, to its bank.

use crate::api::lists::list;
use crate::api::{Route, fill, find, update};
use crate::objects::connect;
use crate::refused::{Answer, Refused};
use crate::state::Fake;
use crate::wire::Call;
use serde_json::{Value, json};

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    Some(match route {
        ("POST", ["payouts"]) => create(fake, call),
        ("GET", ["payouts"]) => list(fake, call, "payout", "status destination"),
        ("GET", ["payouts", id]) => find(fake, call, "payout", id),
        ("POST", ["payouts", id]) => update(fake, call, ("payout", id), "", "payout.updated"),
        ("POST", ["payouts", id, "cancel"]) => cancel(fake, call, id),
        _ => return None,
    })
}

fn create(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know("amount currency description destination method payout_method source_type statement_descriptor")?;
    let (amount, currency) = (call.cents("amount")?, call.need("currency")?.to_lowercase());
    let bank = bank_of(fake, call.account(), &currency)?;
    if fake.balance(call.account(), &currency) < amount {
        let refused = Refused::balance();
        return Err(refused.param("amount"));
    }
    let made = make(fake, call.account(), (amount, &currency), &bank, false);
    let mut payout = fake.get(&made);
    fill(&mut payout, &call.form, "description method statement_descriptor");
    fake.put(call.account(), payout.clone());
    fake.emit("payout.created", &made);
    Ok(payout)
}

/// Returns the bank account to which payouts go. The platform has one from the beginning.
pub(crate) fn bank_of(fake: &Fake, account: Option<&str>, currency: &str) -> Result<String, Refused> {
    let Some(account) = account else { return Ok("ba_of_the_platform".into()) };
    let account = fake.get(account);
    let Some(bank) = account["external_accounts"]["data"][0]["id"].as_str() else {
        let message = format!("Sorry, you don't have any external accounts in that currency ({currency}).");
        return Err(Refused::invalid(message).param("destination"));
    };
    if account["payouts_enabled"] != true {
        let message = "Cannot create payouts; this account has requirements that need to be collected.";
        return Err(Refused::invalid(message).code("payouts_not_allowed"));
    }
    Ok(bank.to_owned())
}

/// Makes a payout and takes its cents from the balance; the caller emits its event.
pub(crate) fn make(fake: &mut Fake, account: Option<&str>, (amount, currency): (i64, &str), bank: &str, is_automatic: bool) -> String {
    let id = fake.id("po");
    let mut payout = connect::payout(&id, amount, currency, bank);
    payout["automatic"] = json!(is_automatic);
    if is_automatic {
        payout["reconciliation_status"] = json!("in_progress");
    }
    payout["balance_transaction"] = json!(fake.post(account, "payout", &id, (-amount, 0), currency));
    fake.put(account, payout)
}

fn cancel(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    let payout = find(fake, call, "payout", id)?;
    if payout["status"] != "pending" || payout["automatic"] == true {
        return Err(Refused::invalid("Payouts can only be canceled before they are sent to the bank."));
    }
    Ok(decide(fake, id, "canceled", None))
}

/// Ends a payout, or moves it on: `in_transit`, `paid`, `failed`, `canceled`. Even a paid one can fail later.
pub(crate) fn decide(fake: &mut Fake, id: &str, status: &str, failure: Option<&str>) -> Value {
    let payout = fake.get(id);
    fake.set(id, json!({ "status": status }));
    let was_back = matches!(payout["status"].as_str(), Some("failed" | "canceled"));
    if matches!(status, "failed" | "canceled") && !was_back {
        let owner = fake.owner(id).map(str::to_owned);
        let amount = payout["amount"].as_i64().unwrap_or(0);
        let kind = if status == "failed" { "payout_failure" } else { "payout_cancel" };
        let back = fake.post(owner.as_deref(), kind, id, (amount, 0), payout["currency"].as_str().unwrap_or("usd"));
        fake.set(id, json!({ "failure_balance_transaction": back }));
    }
    if status == "failed" {
        let code = failure.unwrap_or("account_closed");
        fake.set(id, json!({ "failure_code": code, "failure_message": "The bank account has been closed." }));
    }
    if status == "paid" && payout["automatic"] == true {
        fake.set(id, json!({ "reconciliation_status": "completed" }));
    }
    fake.emit(&format!("payout.{}", if status == "in_transit" { "updated" } else { status }), id);
    fake.get(id)
}
