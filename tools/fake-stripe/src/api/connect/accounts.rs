//! Connected accounts, their capabilities, their links for onboarding and for logging in.

use crate::api::lists::list;
use crate::api::{Route, fill, merge_metadata};
use crate::form::{flag, text};
use crate::objects::connect;
use crate::refused::{Answer, Refused};
use crate::state::{Fake, now};
use crate::wire::Call;
use serde_json::{Value, json};

/// The seconds in which an account link can be used.
const LINK_SECONDS: i64 = 300;
const KNOWN: &str = "account_token business_profile business_type capabilities company controller country default_currency documents \
    email external_account groups individual settings tos_acceptance type";

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    Some(match route {
        ("POST", ["accounts"]) => create(fake, call),
        ("GET", ["accounts"]) => list(fake, call, "account", "email"),
        ("GET", ["account"]) => own(fake, call),
        ("GET", ["accounts", id]) => get(fake, id),
        ("POST", ["accounts", id]) => change(fake, call, id),
        ("DELETE", ["accounts", id]) => delete(fake, id),
        ("GET", ["accounts", id, "capabilities"]) => capabilities(fake, id),
        ("GET", ["accounts", id, "capabilities", name]) => get(fake, id).map(|account| capability(&account, name)),
        ("POST", ["accounts", id, "capabilities", name]) => request(fake, call, id, name),
        ("GET", ["accounts", id, "external_accounts"]) => get(fake, id).map(|account| account["external_accounts"].clone()),
        ("POST", ["accounts", id, "login_links"]) => login(fake, id),
        ("POST", ["account_links"]) => link(fake, call),
        _ => return None,
    })
}

/// Returns an account of the platform, also to a call that acts as the account itself.
pub(crate) fn get(fake: &Fake, id: &str) -> Answer {
    let account = fake.get(id);
    if account["object"] == "account" { Ok(account) } else { Err(Refused::no_such("account", id).param("account")) }
}

fn own(fake: &Fake, call: &Call) -> Answer {
    match call.account() {
        Some(id) => get(fake, id),
        None => Ok(connect::account("acct_of_the_platform", "US", "full")),
    }
}

fn create(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know(KNOWN)?;
    let kind = call.text("type");
    if kind.is_some() && call.form.get("controller").is_some() {
        return Err(Refused::invalid("You may not provide both `type` and `controller`.").param("type"));
    }
    let dashboard = match (kind, call.text("controller/stripe_dashboard/type")) {
        (Some("express"), _) | (None, Some("express")) => "express",
        (Some("custom"), _) | (None, Some("none")) => "none",
        _ => "full",
    };
    if call.form.get("controller").is_some() && dashboard != "full" && call.form.get("capabilities").is_none() {
        let message = "You need to request at least one capability for accounts with this controller configuration.";
        return Err(Refused::invalid(message).param("capabilities"));
    }
    let id = fake.id("acct").replace("acct_", "acct_1");
    let mut account = connect::account(&id, call.text("country").unwrap_or("US"), dashboard);
    fill(&mut account, &call.form, "email business_type default_currency");
    account["controller"]["fees"]["payer"] = json!(call.text("controller/fees/payer").unwrap_or("account"));
    account["controller"]["losses"]["payments"] = json!(call.text("controller/losses/payments").unwrap_or("stripe"));
    if dashboard == "full" && call.form.get("capabilities").is_none() {
        account["capabilities"] = json!({ "transfers": "inactive", "card_payments": "inactive" });
    }
    apply(&mut account, &call.form);
    fake.put(None, account.clone());
    // No event tells of an account's creation; its first event is an update.
    Ok(account)
}

/// Applies the parts of a form that accounts have when made and when changed.
fn apply(account: &mut Value, form: &Value) {
    for (name, asked) in form.get("capabilities").and_then(Value::as_object).into_iter().flatten() {
        if flag(asked, "requested") && account["capabilities"][name].is_null() {
            account["capabilities"][name] = json!(if account["details_submitted"] == true { "active" } else { "inactive" });
        }
    }
    for name in ["interval", "weekly_anchor"] {
        if let Some(value) = text(form, &format!("settings/payouts/schedule/{name}")) {
            account["settings"]["payouts"]["schedule"][name] = json!(value);
        }
    }
    for (name, value) in form.get("business_profile").and_then(Value::as_object).into_iter().flatten() {
        account["business_profile"][name] = value.clone();
    }
}

fn change(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    call.must_know(KNOWN)?;
    let mut account = get(fake, id)?;
    for name in ["email", "business_type", "default_currency"].into_iter().filter(|name| call.form.get(*name).is_some()) {
        account[name] = json!(call.text(name));
    }
    apply(&mut account, &call.form);
    merge_metadata(&mut account, &call.form);
    fake.put(None, account.clone());
    fake.emit("account.updated", id);
    Ok(account)
}

fn delete(fake: &mut Fake, id: &str) -> Answer {
    get(fake, id)?;
    if fake.balances(Some(id)).iter().any(|(_, cents)| *cents != 0) {
        return Err(Refused::invalid("This account can't be deleted because its balance is not zero."));
    }
    fake.emit("account.application.deauthorized", id);
    fake.remove(id);
    Ok(json!({ "id": id, "object": "account", "deleted": true }))
}

fn capability(account: &Value, name: &str) -> Value {
    let status = account["capabilities"][name].as_str();
    json!({
        "id": name, "object": "capability", "account": account["id"], "requested": status.is_some(),
        "requested_at": status.map(|_| account["created"].clone()), "status": status.unwrap_or("unrequested"),
    })
}

fn capabilities(fake: &Fake, id: &str) -> Answer {
    let account = get(fake, id)?;
    let names: Vec<String> = account["capabilities"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    let all: Vec<Value> = names.iter().map(|name| capability(&account, name)).collect();
    Ok(json!({ "object": "list", "data": all, "has_more": false, "url": format!("/v1/accounts/{id}/capabilities") }))
}

fn request(fake: &mut Fake, call: &Call, id: &str, name: &str) -> Answer {
    let mut account = get(fake, id)?;
    apply(&mut account, &json!({ "capabilities": { name: { "requested": call.text("requested") } } }));
    fake.put(None, account.clone());
    fake.emit("account.updated", id);
    Ok(capability(&account, name))
}

fn login(fake: &Fake, id: &str) -> Answer {
    let account = get(fake, id)?;
    if account["controller"]["stripe_dashboard"]["type"] != "express" {
        return Err(Refused::invalid("Cannot create a login link for an account that does not have an Express Dashboard."));
    }
    if account["details_submitted"] != true {
        return Err(Refused::invalid("Cannot create a login link for an account that has not completed onboarding."));
    }
    Ok(json!({ "object": "login_link", "created": now(), "url": format!("{}/express/{id}", fake.base) }))
}

fn link(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know("account type collect collection_options refresh_url return_url")?;
    let account = get(fake, call.need("account")?)?;
    let kind = call.need("type")?;
    if kind != "account_onboarding" && account["controller"]["stripe_dashboard"]["type"] == "express" {
        let message = "You cannot create `account_update` type Account Links for this account.";
        return Err(Refused::invalid(message).param("type"));
    }
    let link = connect::Link {
        account: account["id"].as_str().unwrap_or_default().to_owned(),
        return_url: call.need("return_url")?.to_owned(),
        refresh_url: call.need("refresh_url")?.to_owned(),
        expires_at: now() + LINK_SECONDS,
    };
    let token = fake.id("link");
    let url = format!("{}/onboard/{token}", fake.base);
    let answer = json!({ "object": "account_link", "created": now(), "expires_at": link.expires_at, "url": url });
    fake.links.insert(token, link);
    Ok(answer)
}

/// Sets the parts that an account lacks. With none of them it can be paid; with some it is restricted.
pub(crate) fn require(fake: &mut Fake, id: &str, due: &[&str]) -> Value {
    let mut account = fake.get(id);
    let is_free = due.is_empty();
    account["details_submitted"] = json!(true);
    account["payouts_enabled"] = json!(is_free);
    account["requirements"] = connect::requirements(due);
    let status = if is_free { "active" } else { "inactive" };
    for (_, state) in account["capabilities"].as_object_mut().into_iter().flatten() {
        *state = json!(status);
    }
    account["charges_enabled"] = json!(account["capabilities"]["card_payments"] == "active");
    let is_new = account["external_accounts"]["data"].as_array().is_none_or(Vec::is_empty);
    if is_free && is_new {
        let bank = fake.id("ba");
        account["external_accounts"]["data"] = json!([connect::bank(&bank, id)]);
        fake.put(Some(id), account["external_accounts"]["data"][0].clone());
        fake.emit("account.external_account.created", &bank);
    }
    account["business_type"] = json!("individual");
    fake.put(None, account.clone());
    fake.emit("account.updated", id);
    account
}
