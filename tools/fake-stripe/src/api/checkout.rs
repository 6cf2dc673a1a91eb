//! Checkout sessions: opened, looked up, expired.

mod complete;

pub(crate) use complete::{complete, expire, expire_late, settle};

use super::catalog::make_price;
use super::intents::make_setup;
use super::lists::list;
use super::{Route, fill, find, update};
use crate::form::{items, number, text, texts};
use crate::objects::checkout;
use crate::refused::{Answer, Refused};
use crate::state::{Fake, now};
use crate::wire::Call;
use serde_json::{Value, json};

const KNOWN: &str = "allow_promotion_codes allowed_payment_method_types \
    billing_address_collection branding_settings cancel_url client_reference_id consent_collection currency custom_fields custom_text \
    customer customer_account customer_creation customer_email customer_update excluded_payment_method_types expires_at \
    integration_identifier line_items locale managed_payments mode name_collection origin_context \
    payment_intent_data payment_method_collection payment_method_configuration payment_method_data payment_method_options permissions \
    phone_number_collection redirect_on_completion return_url saved_payment_method_options setup_intent_data \
    shipping_address_collection submit_type success_url tax_id_collection ui_mode wallet_options";

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    Some(match route {
        ("POST", ["checkout", "sessions"]) => create(fake, call),
        ("GET", ["checkout", "sessions"]) => list(fake, call, "checkout.session", "customer payment_intent status"),
        ("GET", ["checkout", "sessions", id]) => {
            expire_late(fake, id);
            find(fake, call, "checkout.session", id)
        }
        ("POST", ["checkout", "sessions", id]) => update(fake, call, ("checkout.session", id), "", ""),
        ("POST", ["checkout", "sessions", id, "expire"]) => find(fake, call, "checkout.session", id).and_then(|_| expire(fake, id)),
        ("GET", ["checkout", "sessions", id, "line_items"]) => lines(fake, call, id),
        ("GET", ["payment_pages", id]) => find(fake, call, "checkout.session", id).map(|session| page(&session)),
        ("POST", ["payment_pages", id, "confirm"]) => confirm(fake, call, id),
        _ => return None,
    })
}

fn lines(fake: &Fake, call: &Call, id: &str) -> Answer {
    find(fake, call, "checkout.session", id)?;
    Ok(fake.get(&format!("lines_{id}"))["list"].clone())
}

fn create(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know(KNOWN)?;
    let mode = match call.text("mode") {
        Some(mode @ ("payment" | "setup")) => mode,
        Some(_) => return Err(Refused::invalid("This fake has the modes payment and setup only.").param("mode")),
        None => return Err(Refused::missing("mode")),
    };
    let expires_at = number(&call.form, "expires_at").unwrap_or(now() + 86_400);
    // Stripe gives no grace to a clock that differs from its own.
    if !(now() + 1_800..=now() + 86_400).contains(&expires_at) {
        let message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.";
        return Err(Refused::invalid(message).param("expires_at"));
    }
    call.need("success_url")?;
    if let Some(customer) = call.text("customer") {
        find(fake, call, "customer", customer)?;
        if call.text("customer_email").is_some() || call.text("customer_creation").is_some() {
            let message = "You may only specify one of these parameters: customer, customer_email, customer_creation.";
            return Err(Refused::invalid(message).param("customer"));
        }
    }
    let id = fake.id("cs_test");
    let mut session = checkout::session(&id, mode);
    fill(
        &mut session,
        &call.form,
        "client_reference_id customer customer_creation customer_email success_url cancel_url submit_type locale",
    );
    session["expires_at"] = json!(expires_at);
    session["url"] = json!(format!("{}/pay/{id}", fake.base));
    session["payment_method_types"] = json!(types(&call.form));
    let allowed = texts(&call.form, "allowed_payment_method_types");
    session["allowed_payment_method_types"] = if allowed.is_empty() { Value::Null } else { json!(allowed) };
    let mut lines = Vec::new();
    match mode {
        "setup" => open_setup(fake, call, &mut session)?,
        _ => open_payment(fake, call, &mut session, &mut lines)?,
    }
    let data = call.form.get("payment_intent_data").cloned().unwrap_or_default();
    let list = json!({ "object": "list", "data": lines, "has_more": false, "url": format!("/v1/checkout/sessions/{id}/line_items") });
    fake.put(None, json!({ "id": format!("lines_{id}"), "list": list, "intent": data }));
    fake.put(call.account(), session.clone());
    Ok(session)
}

/// Returns the types of payment methods that a form asks for; a card is usual.
fn types(form: &Value) -> Vec<&str> {
    let named = ["allowed_payment_method_types", "payment_method_types"].map(|name| texts(form, name));
    named.into_iter().find(|types| !types.is_empty()).unwrap_or_else(|| vec!["card"])
}

fn open_setup(fake: &mut Fake, call: &Call, session: &mut Value) -> Result<(), Refused> {
    for strange in ["line_items", "payment_intent_data"] {
        if call.form.get(strange).is_some() {
            return Err(Refused::invalid(format!("You can not pass `{strange}` in `setup` mode.")).param(strange));
        }
    }
    let data = call.form.get("setup_intent_data").cloned().unwrap_or_default();
    session["setup_intent"] = json!(make_setup(fake, call.account(), &data, call.text("customer")));
    // Stripe says so from the beginning: nothing is to be paid.
    session["payment_status"] = json!("no_payment_required");
    session["currency"] = json!(call.text("currency"));
    Ok(())
}

fn open_payment(fake: &mut Fake, call: &Call, session: &mut Value, lines: &mut Vec<Value>) -> Result<(), Refused> {
    let asked = items(&call.form, "line_items");
    if asked.is_empty() {
        return Err(Refused::missing("line_items"));
    }
    if call.form.get("setup_intent_data").is_some() {
        return Err(Refused::invalid("You can not pass `setup_intent_data` in `payment` mode.").param("setup_intent_data"));
    }
    for (at, line) in asked.into_iter().enumerate() {
        let quantity = number(line, "quantity").ok_or_else(|| Refused::missing(&format!("line_items[{at}][quantity]")))?;
        let price = match (text(line, "price"), line.get("price_data")) {
            (Some(price), _) => find(fake, call, "price", price)?,
            (None, Some(data)) => make_price(fake, call, data)?,
            (None, None) => return Err(Refused::missing(&format!("line_items[{at}][price]"))),
        };
        let name = fake.get(price["product"].as_str().unwrap_or_default())["name"].clone();
        let line = fake.id("li");
        lines.push(checkout::line(&line, &name, price, quantity));
    }
    let total: i64 = lines.iter().filter_map(|line| line["amount_total"].as_i64()).sum();
    if total < 50 {
        let message = "The Checkout Session's total amount due must add up to at least $0.50 usd";
        return Err(Refused::invalid(message).code("amount_too_small"));
    }
    session["amount_subtotal"] = json!(total);
    session["amount_total"] = json!(total);
    session["currency"] = lines[0]["currency"].clone();
    session["total_details"] = json!({ "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 });
    if session["customer"].is_null() && session["customer_creation"].is_null() {
        session["customer_creation"] = json!("if_required");
    }
    Ok(())
}

/// Returns the page of a session as Stripe's own pages and tools read it; it has no published shape.
fn page(session: &Value) -> Value {
    json!({
        "id": session["id"], "object": "payment_page", "session_id": session["id"], "mode": session["mode"],
        "status": session["status"], "payment_status": session["payment_status"], "currency": session["currency"],
        "total_summary": { "due": session["amount_total"], "subtotal": session["amount_subtotal"], "total": session["amount_total"] },
        "payment_method_types": session["payment_method_types"], "success_url": session["success_url"], "url": session["url"],
    })
}

/// Pays a session as Stripe's tools do, without a page. Its bank debits are decided at once, by their account.
fn confirm(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    let session = find(fake, call, "checkout.session", id)?;
    let method = find(fake, call, "payment_method", call.need("payment_method")?)?;
    if call.text("expected_amount").is_some_and(|due| session["amount_total"].as_i64() != due.parse().ok()) {
        return Err(Refused::invalid("The expected amount differs from the amount of the session.").param("expected_amount"));
    }
    let session = complete(fake, id, &method)?;
    if method["type"] != "card" {
        // The account of Stripe's own fixture for a debit that fails ends in 3456.
        settle(fake, id, crate::objects::method::last4(&method) != "3456");
    }
    Ok(page(&session))
}
