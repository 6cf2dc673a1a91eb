//! Payment methods: cards and bank accounts, attached to customers.

use super::lists::list;
use super::{Route, find, update};
use crate::form::metadata;
use crate::objects::method::{last4_of_token, payment_method};
use crate::refused::{Answer, Refused};
use crate::state::Fake;
use crate::wire::Call;
use serde_json::{Value, json};

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    Some(match route {
        ("POST", ["payment_methods"]) => create(fake, call),
        ("GET", ["payment_methods"]) => list(fake, call, "payment_method", "customer type"),
        ("GET", ["payment_methods", id]) => find(fake, call, "payment_method", id),
        ("POST", ["payment_methods", id]) => update(fake, call, ("payment_method", id), "allow_redisplay", "payment_method.updated"),
        ("POST", ["payment_methods", id, "attach"]) => attach(fake, call, id),
        ("POST", ["payment_methods", id, "detach"]) => detach(fake, call, id),
        _ => return None,
    })
}

fn create(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know("type card us_bank_account sepa_debit billing_details allow_redisplay customer payment_method")?;
    let kind = call.need("type")?;
    let last4 = match kind {
        "card" => match call.text("card/token") {
            Some(token) => last4_of_token(token).ok_or_else(|| Refused::no_such("token", token))?.to_owned(),
            None => tail(call.need("card/number")?),
        },
        "us_bank_account" => tail(call.need("us_bank_account/account_number")?),
        "sepa_debit" => tail(call.need("sepa_debit/iban")?),
        _ => return Err(Refused::invalid("This fake has cards, us_bank_account and sepa_debit only.").param("type")),
    };
    let id = fake.id("pm");
    let mut method = payment_method(&id, kind, &last4);
    for part in ["email", "name", "phone"] {
        method["billing_details"][part] = json!(call.text(&format!("billing_details/{part}")));
    }
    method["metadata"] = metadata(&call.form, "metadata");
    fake.put(call.account(), method.clone());
    Ok(method)
}

/// Returns the last four digits of a number.
pub(crate) fn tail(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
    digits[digits.len().saturating_sub(4)..].iter().collect()
}

/// Returns a payment method by its id, or a new one by the token of a test card.
pub(crate) fn of_token(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    let Some(last4) = last4_of_token(id) else { return find(fake, call, "payment_method", id) };
    let id = fake.id("pm");
    let method = payment_method(&id, "card", last4);
    fake.put(call.account(), method.clone());
    Ok(method)
}

fn attach(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    call.must_know("customer customer_account")?;
    let method = of_token(fake, call, id)?;
    let customer = find(fake, call, "customer", call.need("customer")?)?;
    let last4 = crate::objects::method::last4(&method);
    if last4 == "0002" || last4 == "9995" {
        return Err(Refused::card("card_declined", "generic_decline", "Your card was declined.", json!({})));
    }
    let id = method["id"].as_str().unwrap_or_default();
    attach_to(fake, id, customer["id"].as_str().unwrap_or_default());
    Ok(fake.get(id))
}

/// Attaches a payment method to a customer, unless it is attached already.
pub(crate) fn attach_to(fake: &mut Fake, method: &str, customer: &str) -> Value {
    if fake.get(method)["customer"] == customer {
        return fake.get(method);
    }
    let attached = fake.set(method, json!({ "customer": customer }));
    fake.emit("payment_method.attached", method);
    attached
}

fn detach(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    let method = find(fake, call, "payment_method", id)?;
    if method["customer"].is_null() {
        return Err(Refused::invalid("The payment method you provided is not attached to a customer so detachment is impossible."));
    }
    let detached = fake.set(id, json!({ "customer": null }));
    fake.emit("payment_method.detached", id);
    Ok(detached)
}
