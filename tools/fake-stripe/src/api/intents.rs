//! Payment intents and setup intents.

use super::charging::{Presence, confirm};
use super::lists::list;
use super::methods::{attach_to, of_token};
use super::{Route, fill, find, update};
use crate::form::{flag, text, texts};
use crate::objects::intent::{next_action, payment_intent, setup_intent};
use crate::objects::method::last4;
use crate::refused::{Answer, Refused};
use crate::state::{Fake, now};
use crate::wire::Call;
use serde_json::{Value, json};

/// The least cents of a payment.
const AMOUNT_MIN: i64 = 50;

const KNOWN: &str = "amount currency allowed_payment_method_types amount_details automatic_payment_methods \
    confirm confirmation_method customer description error_on_requires_action mandate mandate_data off_session \
    payment_method payment_method_configuration payment_method_options radar_options receipt_email return_url \
    setup_future_usage shipping statement_descriptor statement_descriptor_suffix transfer_group use_stripe_sdk";
const KNOWN_OF_SETUP: &str = "allowed_payment_method_types attach_to_self automatic_payment_methods confirm customer description \
    flow_directions mandate_data on_behalf_of payment_method payment_method_configuration payment_method_options return_url \
    single_use usage use_stripe_sdk";

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    Some(match route {
        ("POST", ["payment_intents"]) => create(fake, call),
        ("GET", ["payment_intents"]) => list(fake, call, "payment_intent", "customer"),
        ("GET", ["payment_intents", id]) => find(fake, call, "payment_intent", id),
        ("POST", ["payment_intents", id]) => update(fake, call, ("payment_intent", id), "description receipt_email transfer_group", ""),
        ("POST", ["payment_intents", id, "confirm"]) => confirm_payment(fake, call, id),
        ("POST", ["payment_intents", id, "cancel"]) => cancel(fake, call, ("payment_intent", id)),
        ("POST", ["setup_intents"]) => create_setup(fake, call),
        ("GET", ["setup_intents"]) => list(fake, call, "setup_intent", "customer payment_method"),
        ("GET", ["setup_intents", id]) => find(fake, call, "setup_intent", id),
        ("POST", ["setup_intents", id]) => update(fake, call, ("setup_intent", id), "description", ""),
        ("POST", ["setup_intents", id, "confirm"]) => confirm_setup(fake, call, id),
        ("POST", ["setup_intents", id, "cancel"]) => cancel(fake, call, ("setup_intent", id)),
        _ => return None,
    })
}

/// Makes an intent of a form's part: of the call itself, or of a checkout's `payment_intent_data`.
pub(crate) fn make(fake: &mut Fake, account: Option<&str>, form: &Value, amount: i64, currency: &str) -> String {
    let id = fake.id("pi");
    let mut intent = payment_intent(&id, amount, &currency.to_lowercase());
    let names = "customer description receipt_email setup_future_usage statement_descriptor statement_descriptor_suffix transfer_group";
    fill(&mut intent, form, names);
    let types = texts(form, "allowed_payment_method_types");
    if !types.is_empty() {
        intent["allowed_payment_method_types"] = json!(types);
        intent["payment_method_types"] = json!(types);
    }
    fake.put(account, intent);
    fake.emit("payment_intent.created", &id);
    id
}

fn create(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know(KNOWN)?;
    let amount = call.cents("amount")?;
    let currency = call.need("currency")?;
    if amount < AMOUNT_MIN {
        let refused = Refused::invalid("The Checkout or payment amount must be at least 50 cents.");
        return Err(refused.param("amount").code("amount_too_small"));
    }
    if let Some(customer) = call.text("customer") {
        find(fake, call, "customer", customer)?;
    }
    let is_confirmed = flag(&call.form, "confirm");
    if call.text("off_session").is_some_and(|word| word != "false") && !is_confirmed {
        let refused = Refused::invalid("The parameter `off_session` can only be passed when `confirm` is true.");
        return Err(refused.param("off_session"));
    }
    let method = match call.text("payment_method") {
        Some(id) => Some(of_token(fake, call, id)?),
        None => None,
    };
    let method = method.map(|method| fits(call.text("customer"), method)).transpose()?;
    let id = make(fake, call.account(), &call.form, amount, currency);
    if let Some(method) = &method {
        fake.set(&id, json!({ "payment_method": method["id"], "status": "requires_confirmation" }));
    }
    if is_confirmed { confirm_payment(fake, call, &id) } else { Ok(fake.get(&id)) }
}

/// Refuses a payment method of another customer, and one of a customer that the call does not name.
fn fits(customer: Option<&str>, method: Value) -> Answer {
    match (method["customer"].as_str(), customer) {
        (Some(owner), asked) if asked != Some(owner) => {
            let message = "The payment method belongs to a Customer. Please include that Customer in the `customer` parameter.";
            Err(Refused::invalid(message).param("payment_method"))
        }
        _ => Ok(method),
    }
}

fn confirm_payment(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    let intent = find(fake, call, "payment_intent", id)?;
    expect_open(&intent)?;
    let method = match call.text("payment_method") {
        Some(method) if intent["payment_method"].is_null() => of_token(fake, call, method)?,
        _ => fake.get(intent["payment_method"].as_str().ok_or_else(|| Refused::missing("payment_method"))?),
    };
    let is_off = call.text("off_session").is_some_and(|word| word != "false");
    // A payment method that was never set up for a customer can't be used without the person.
    if is_off && intent["customer"].is_string() && method["customer"] != intent["customer"] {
        let message = "The provided PaymentMethod cannot be attached. To use it off session, attach it to a Customer first.";
        return Err(Refused::invalid(message).param("payment_method"));
    }
    let presence = if is_off { Presence::OffSession } else { Presence::OnSession };
    let confirmed = confirm(fake, id, &method, presence, call.text("return_url"))?;
    if let (Some(customer), Some(_)) = (intent["customer"].as_str(), intent["setup_future_usage"].as_str()) {
        attach_to(fake, method["id"].as_str().unwrap_or_default(), customer);
    }
    Ok(confirmed)
}

fn expect_open(intent: &Value) -> Result<(), Refused> {
    match intent["status"].as_str() {
        Some(status @ ("succeeded" | "canceled" | "processing")) => {
            let kind = intent["object"].as_str().unwrap_or_default();
            let message = format!("You cannot perform this action on this intent because it has a status of {status}.");
            Err(Refused::invalid(message).code(&format!("{kind}_unexpected_state")))
        }
        _ => Ok(()),
    }
}

fn cancel(fake: &mut Fake, call: &Call, (kind, id): (&str, &str)) -> Answer {
    let intent = find(fake, call, kind, id)?;
    expect_open(&intent)?;
    let reason = call.text("cancellation_reason");
    let mut fields = json!({ "status": "canceled", "cancellation_reason": reason, "next_action": null });
    if kind == "payment_intent" {
        fields["canceled_at"] = json!(now());
    }
    let canceled = fake.set(id, fields);
    fake.emit(&format!("{kind}.canceled"), id);
    Ok(canceled)
}

/// Makes a setup intent of a form's part: of the call itself, or of a checkout's `setup_intent_data`.
pub(crate) fn make_setup(fake: &mut Fake, account: Option<&str>, form: &Value, customer: Option<&str>) -> String {
    let id = fake.id("seti");
    let mut intent = setup_intent(&id);
    fill(&mut intent, form, "description usage");
    intent["customer"] = json!(customer);
    fake.put(account, intent);
    fake.emit("setup_intent.created", &id);
    id
}

fn create_setup(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know(KNOWN_OF_SETUP)?;
    if let Some(customer) = call.text("customer") {
        find(fake, call, "customer", customer)?;
    }
    let id = make_setup(fake, call.account(), &call.form, call.text("customer"));
    if let Some(method) = call.text("payment_method") {
        let method = of_token(fake, call, method)?;
        fake.set(&id, json!({ "payment_method": method["id"], "status": "requires_confirmation" }));
    }
    if flag(&call.form, "confirm") { confirm_setup(fake, call, &id) } else { Ok(fake.get(&id)) }
}

fn confirm_setup(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    let intent = find(fake, call, "setup_intent", id)?;
    expect_open(&intent)?;
    let method = match text(&call.form, "payment_method") {
        Some(method) if intent["payment_method"].is_null() => of_token(fake, call, method)?,
        _ => fake.get(intent["payment_method"].as_str().ok_or_else(|| Refused::missing("payment_method"))?),
    };
    save(fake, id, &method, false, call.text("return_url"))
}

/// Saves a payment method by a setup intent. A bank that asks for the person is answered on a page.
pub(crate) fn save(fake: &mut Fake, id: &str, method: &Value, is_on_page: bool, return_url: Option<&str>) -> Answer {
    match last4(method) {
        "0002" | "9995" => {
            let mut refused = Refused::card("card_declined", "generic_decline", "Your card was declined.", json!({}));
            refused.error["payment_method"] = method.clone();
            let intent = fake.set(id, json!({ "status": "requires_payment_method", "last_setup_error": refused.error }));
            fake.emit("setup_intent.setup_failed", id);
            refused.error["setup_intent"] = intent;
            return Err(refused);
        }
        "3184" | "3155" if !is_on_page => {
            let step = next_action(&fake.base, id, return_url);
            fake.set(id, json!({ "payment_method": method["id"], "status": "requires_action", "next_action": step }));
            fake.emit("setup_intent.requires_action", id);
            return Ok(fake.get(id));
        }
        _ => {}
    }
    let intent = fake.set(id, json!({ "payment_method": method["id"], "status": "succeeded", "next_action": null }));
    if let Some(customer) = intent["customer"].as_str() {
        attach_to(fake, method["id"].as_str().unwrap_or_default(), customer);
    }
    fake.emit("setup_intent.succeeded", id);
    Ok(intent)
}
