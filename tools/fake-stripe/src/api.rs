//! The calls of Stripe's API that the market makes, and those that Stripe's own tools make on the way.

mod catalog;
pub(crate) mod charging;
pub(crate) mod checkout;
pub(crate) mod connect;
mod customers;
mod disputes;
pub(crate) mod expand;
pub(crate) mod intents;
mod lists;
mod methods;
mod refunds;

pub(crate) use disputes::open as open_dispute;
pub(crate) use refunds::refund;

use crate::form::{metadata, text};
use crate::refused::{Answer, Refused};
use crate::state::Fake;
use crate::wire::Call;
use serde_json::{Value, json};

/// Answers a call: a new object, a changed one, or a refusal.
pub(crate) fn act(fake: &mut Fake, call: &Call) -> Answer {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    let route = (call.method.as_str(), path.as_slice());
    if let Some(account) = call.account()
        && fake.get(account)["object"] != "account"
    {
        let message = format!("The provided key does not have access to account '{account}' (or that account does not exist).");
        return Err(Refused { status: 403, ..Refused::invalid(message).code("account_invalid") });
    }
    checkout::route(fake, call, route)
        .or_else(|| intents::route(fake, call, route))
        .or_else(|| customers::route(fake, call, route))
        .or_else(|| methods::route(fake, call, route))
        .or_else(|| connect::route(fake, call, route))
        .or_else(|| refunds::route(fake, call, route))
        .or_else(|| disputes::route(fake, call, route))
        .or_else(|| catalog::route(fake, call, route))
        .or_else(|| lists::route(fake, call, route))
        .unwrap_or_else(|| Err(Refused::no_path(&call.method, &call.path.join("/"))))
}

/// The method and the path of a call, by which a module knows its own.
pub(crate) type Route<'a> = (&'a str, &'a [&'a str]);

/// Returns an object of a kind that belongs to the account of the call.
pub(crate) fn find(fake: &Fake, call: &Call, kind: &str, id: &str) -> Answer {
    let found = fake.get(id);
    if found["object"] != kind || fake.owner(id) != call.account() {
        return Err(Refused::no_such(kind, id));
    }
    Ok(found)
}

/// Changes the metadata and some texts of an object, and emits an event that says so.
pub(crate) fn update(fake: &mut Fake, call: &Call, (kind, id): (&str, &str), texts: &str, event: &str) -> Answer {
    let mut object = find(fake, call, kind, id)?;
    for name in texts.split(' ').filter(|name| call.form.get(*name).is_some()) {
        object[name] = json!(call.text(name));
    }
    merge_metadata(&mut object, &call.form);
    fake.put(call.account(), object.clone());
    if !event.is_empty() {
        fake.emit(event, id);
    }
    Ok(object)
}

/// Sets the metadata that a form names; an empty value unsets its name.
pub(crate) fn merge_metadata(object: &mut Value, form: &Value) {
    for (name, value) in form.get("metadata").and_then(Value::as_object).into_iter().flatten() {
        if value.as_str() == Some("") {
            object["metadata"].as_object_mut().map(|kept| kept.remove(name));
        } else {
            object["metadata"][name] = value.clone();
        }
    }
}

/// Copies texts of a form into a new object, and its metadata.
pub(crate) fn fill(object: &mut Value, form: &Value, texts: &str) {
    for name in texts.split(' ') {
        if let Some(given) = text(form, name) {
            object[name] = json!(given);
        }
    }
    object["metadata"] = metadata(form, "metadata");
}
