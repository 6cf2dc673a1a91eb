//! Lists in pages, the newest object first; events, charges and balances, which are only read.

use super::{Route, find};
use crate::form::{number, texts};
use crate::refused::{Answer, Refused};
use crate::state::Fake;
use crate::wire::Call;
use serde_json::{Value, json};

/// The most objects of one page.
const PAGE_MAX: i64 = 100;

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    Some(match route {
        ("GET", ["events"]) => events(fake, call),
        ("GET", ["events", id]) => find(fake, call, "event", id),
        ("GET", ["charges"]) => list(fake, call, "charge", "payment_intent customer transfer_group"),
        ("GET", ["charges", id]) => find(fake, call, "charge", id),
        ("GET", ["balance"]) => Ok(balance(fake, call.account())),
        ("GET", ["balance_transactions"]) => list(fake, call, "balance_transaction", "type source currency"),
        ("GET", ["balance_transactions", id]) => find(fake, call, "balance_transaction", id),
        _ => return None,
    })
}

/// Lists objects of a kind; a parameter among `filters` must be equal to the field of its name.
pub(crate) fn list(fake: &Fake, call: &Call, kind: &str, filters: &str) -> Answer {
    let asked: Vec<_> = filters.split(' ').filter_map(|name| Some((name, call.text(name)?))).collect();
    list_where(fake, call, kind, |object| asked.iter().all(|(name, value)| object[*name] == *value))
}

fn events(fake: &Fake, call: &Call) -> Answer {
    let types = texts(&call.form, "types");
    let is_asked = |kind: &str| {
        let fits = |wanted: &str| wanted == kind || wanted.strip_suffix('*').is_some_and(|start| kind.starts_with(start));
        call.text("type").is_none_or(fits) && (types.is_empty() || types.iter().any(|wanted| fits(wanted)))
    };
    let delivered = call.text("delivery_success").map(|word| word == "true");
    list_where(fake, call, "event", |event| {
        let is_taken = event["id"].as_str().is_some_and(|id| fake.taken.contains(id));
        is_asked(event["type"].as_str().unwrap_or_default()) && delivered.is_none_or(|wanted| wanted == is_taken)
    })
}

/// Returns one page of the objects of a kind that are wanted.
pub(crate) fn list_where(fake: &Fake, call: &Call, kind: &str, is_wanted: impl Fn(&Value) -> bool) -> Answer {
    let is_in_time = |object: &&Value| {
        let created = object["created"].as_i64().unwrap_or(0);
        let bound = |name: &str| number(&call.form, &format!("created/{name}"));
        bound("gte").is_none_or(|at| created >= at)
            && bound("gt").is_none_or(|at| created > at)
            && bound("lte").is_none_or(|at| created <= at)
            && bound("lt").is_none_or(|at| created < at)
            && number(&call.form, "created").is_none_or(|at| created == at)
    };
    let limit = number(&call.form, "limit").unwrap_or(10);
    if !(1..=PAGE_MAX).contains(&limit) {
        return Err(Refused::invalid("This value must be between 1 and 100.").param("limit").code("parameter_invalid_integer"));
    }
    let limit = usize::try_from(limit).unwrap_or(1);
    let all: Vec<&Value> = fake.of_kind(call.account(), kind).into_iter().filter(|object| is_wanted(object)).filter(is_in_time).collect();
    let place = |id: &str| all.iter().position(|object| object["id"] == id).ok_or_else(|| Refused::no_such(kind, id));
    let (page, has_more) = if let Some(id) = call.text("ending_before") {
        let before = &all[..place(id)?];
        (&before[before.len().saturating_sub(limit)..], before.len() > limit)
    } else {
        let rest = match call.text("starting_after") {
            Some(id) => &all[place(id)? + 1..],
            None => &all[..],
        };
        (&rest[..rest.len().min(limit)], rest.len() > limit)
    };
    Ok(json!({ "object": "list", "data": page, "has_more": has_more, "url": format!("/v1/{}", call.path.join("/")) }))
}

fn balance(fake: &Fake, account: Option<&str>) -> Value {
    let mut all = fake.balances(account);
    if all.is_empty() {
        all.push(("usd", 0));
    }
    let money = |cents: i64, currency: &str| json!({ "amount": cents, "currency": currency, "source_types": { "card": cents } });
    let available: Vec<_> = all.iter().map(|(currency, cents)| money(*cents, currency)).collect();
    let pending: Vec<_> = all.iter().map(|(currency, _)| money(0, currency)).collect();
    json!({ "object": "balance", "available": available, "livemode": false, "pending": pending })
}
