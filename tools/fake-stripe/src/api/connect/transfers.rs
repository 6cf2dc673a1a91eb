//! Transfers to connected accounts, and their reversals.

use crate::api::lists::{list, list_where};
use crate::api::{Route, fill, find, update};
use crate::objects::connect;
use crate::refused::{Answer, Refused};
use crate::state::Fake;
use crate::wire::Call;
use serde_json::{Value, json};

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    Some(match route {
        ("POST", ["transfers"]) => create(fake, call),
        ("GET", ["transfers"]) => list(fake, call, "transfer", "destination transfer_group"),
        ("GET", ["transfers", id]) => find(fake, call, "transfer", id),
        ("POST", ["transfers", id]) => update(fake, call, ("transfer", id), "description", "transfer.updated"),
        ("POST", ["transfers", id, "reversals"]) => take_back(fake, call, id),
        ("GET", ["transfers", id, "reversals"]) => find(fake, call, "transfer", id)
            .and_then(|_| list_where(fake, call, "transfer_reversal", |reversal| reversal["transfer"] == *id)),
        ("GET", ["transfers", _, "reversals", reversal]) => find(fake, call, "transfer_reversal", reversal),
        _ => return None,
    })
}

fn create(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know("amount currency destination description source_transaction source_type transfer_group")?;
    let (amount, currency) = (call.cents("amount")?, call.need("currency")?.to_lowercase());
    let destination = fake.get(call.need("destination")?);
    let Some(account) = destination["id"].as_str().filter(|_| destination["object"] == "account").map(str::to_owned) else {
        let message = format!("No such destination: '{}'", call.need("destination")?);
        return Err(Refused::invalid(message).param("destination").code("resource_missing"));
    };
    // An account with a dashboard of its own can be paid before its onboarding is over.
    let is_full = destination["controller"]["stripe_dashboard"]["type"] == "full";
    if !is_full && destination["capabilities"]["transfers"] != "active" {
        let message = "Your destination account needs to have at least one of the following capabilities enabled: \
                       transfers, crypto_transfers, legacy_payments";
        return Err(Refused::invalid(message).code("insufficient_capabilities_for_transfer"));
    }
    if let Some(charge) = call.text("source_transaction") {
        find(fake, call, "charge", charge)?;
    } else if fake.balance(call.account(), &currency) < amount {
        let message = "You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance.";
        return Err(Refused::invalid(message).code("balance_insufficient"));
    }
    let id = fake.id("tr");
    let mut transfer = connect::transfer(&id, amount, &currency, &account);
    fill(&mut transfer, &call.form, "description source_transaction transfer_group");
    transfer["destination_payment"] = json!(fake.id("py"));
    transfer["balance_transaction"] = json!(fake.post(call.account(), "transfer", &id, (-amount, 0), &currency));
    fake.post(Some(&account), "payment", &id, (amount, 0), &currency);
    fake.put(call.account(), transfer.clone());
    fake.emit("transfer.created", &id);
    Ok(transfer)
}

fn take_back(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    call.must_know("amount description")?;
    let transfer = find(fake, call, "transfer", id)?;
    let left = transfer["amount"].as_i64().unwrap_or(0) - transfer["amount_reversed"].as_i64().unwrap_or(0);
    let amount = if call.text("amount").is_some() { call.cents("amount")? } else { left };
    if amount > left || left == 0 {
        let message = format!("Transfer reversal amount ({amount}) is greater than unreversed amount on transfer ({left})");
        return Err(Refused::invalid(message).param("amount"));
    }
    let currency = transfer["currency"].as_str().unwrap_or("usd");
    if fake.balance(transfer["destination"].as_str(), currency) < amount {
        return Err(Refused::balance());
    }
    let mut reversal = reverse(fake, &transfer, amount);
    fill(&mut reversal, &call.form, "");
    fake.put(call.account(), reversal.clone());
    Ok(reversal)
}

/// Takes cents of a transfer back, also from an account that lacks them, and returns the reversal.
pub(crate) fn reverse(fake: &mut Fake, transfer: &Value, amount: i64) -> Value {
    let id = transfer["id"].as_str().unwrap_or_default();
    let owner = fake.owner(id).map(str::to_owned);
    let currency = transfer["currency"].as_str().unwrap_or("usd");
    let reversal_id = fake.id("trr");
    let mut reversal = connect::reversal(&reversal_id, amount, transfer);
    reversal["balance_transaction"] = json!(fake.post(owner.as_deref(), "transfer_refund", &reversal_id, (amount, 0), currency));
    fake.post(transfer["destination"].as_str(), "payment_refund", &reversal_id, (-amount, 0), currency);
    fake.put(owner.as_deref(), reversal.clone());
    let reversed = transfer["amount_reversed"].as_i64().unwrap_or(0) + amount;
    let mut all = transfer["reversals"].clone();
    if let Some(all) = all["data"].as_array_mut() {
        all.insert(0, reversal.clone());
    }
    fake.set(id, json!({ "amount_reversed": reversed, "reversed": transfer["amount"] == reversed, "reversals": all }));
    fake.emit("transfer.reversed", id);
    reversal
}
