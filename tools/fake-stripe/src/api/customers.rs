//! Customers.

use super::lists::{list, list_where};
use super::{Route, fill, find, merge_metadata};
use crate::form::text;
use crate::objects::method;
use crate::refused::Answer;
use crate::state::Fake;
use crate::wire::Call;
use serde_json::json;

const TEXTS: &str = "name email phone description";
const KNOWN: &str = "address balance description email invoice_prefix invoice_settings name payment_method phone preferred_locales \
    shipping source tax tax_exempt business_name individual_name test_clock validate";

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    Some(match route {
        ("POST", ["customers"]) => create(fake, call),
        ("GET", ["customers"]) => list(fake, call, "customer", "email"),
        ("GET", ["customers", id]) => find(fake, call, "customer", id),
        ("POST", ["customers", id]) => change(fake, call, id),
        ("DELETE", ["customers", id]) => delete(fake, call, id),
        ("GET", ["customers", id, "payment_methods"]) => methods(fake, call, id),
        ("GET", ["customers", id, "payment_methods", method]) => {
            find(fake, call, "customer", id).and_then(|_| find(fake, call, "payment_method", method))
        }
        _ => return None,
    })
}

fn create(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know(KNOWN)?;
    let id = fake.id("cus");
    let mut customer = method::customer(&id);
    fill(&mut customer, &call.form, TEXTS);
    if let Some(default) = call.text("invoice_settings/default_payment_method") {
        customer["invoice_settings"]["default_payment_method"] = json!(default);
    }
    fake.put(call.account(), customer);
    if let Some(token) = call.text("payment_method") {
        let method = super::methods::of_token(fake, call, token)?;
        super::methods::attach_to(fake, method["id"].as_str().unwrap_or_default(), &id);
    }
    fake.emit("customer.created", &id);
    Ok(fake.get(&id))
}

fn change(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    call.must_know(KNOWN)?;
    let mut customer = find(fake, call, "customer", id)?;
    for name in TEXTS.split(' ').filter(|name| call.form.get(*name).is_some()) {
        customer[name] = json!(call.text(name));
    }
    if let Some(default) = text(&call.form, "invoice_settings/default_payment_method") {
        customer["invoice_settings"]["default_payment_method"] = json!(default);
    }
    merge_metadata(&mut customer, &call.form);
    fake.put(call.account(), customer.clone());
    fake.emit("customer.updated", id);
    Ok(customer)
}

fn delete(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    find(fake, call, "customer", id)?;
    fake.emit("customer.deleted", id);
    fake.remove(id);
    Ok(json!({ "id": id, "object": "customer", "deleted": true }))
}

fn methods(fake: &Fake, call: &Call, id: &str) -> Answer {
    find(fake, call, "customer", id)?;
    let kind = call.text("type");
    list_where(fake, call, "payment_method", |method| method["customer"] == id && kind.is_none_or(|kind| method["type"] == kind))
}
