//! Products and prices.

use super::lists::list;
use super::{Route, fill, find, update};
use crate::form::text;
use crate::objects::checkout;
use crate::refused::{Answer, Refused};
use crate::state::Fake;
use crate::wire::Call;
use serde_json::{Value, json};

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    Some(match route {
        ("POST", ["products"]) => product(fake, call),
        ("GET", ["products"]) => list(fake, call, "product", "url"),
        ("GET", ["products", id]) => find(fake, call, "product", id),
        ("POST", ["products", id]) => update(fake, call, ("product", id), "name description url", "product.updated"),
        ("POST", ["prices"]) => price(fake, call),
        ("GET", ["prices"]) => list(fake, call, "price", "product currency"),
        ("GET", ["prices", id]) => find(fake, call, "price", id),
        ("POST", ["prices", id]) => update(fake, call, ("price", id), "nickname lookup_key", "price.updated"),
        _ => return None,
    })
}

fn product(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know("name active default_price_data description id images marketing_features shippable statement_descriptor tax_code url")?;
    let name = call.need("name")?;
    let id = call.text("id").map(str::to_owned).unwrap_or_else(|| fake.id("prod"));
    let mut product = checkout::product(&id, name);
    fill(&mut product, &call.form, "description url");
    let id = fake.put(call.account(), product.clone());
    fake.emit("product.created", &id);
    Ok(product)
}

fn price(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know("currency active billing_scheme lookup_key nickname product product_data recurring tax_behavior unit_amount")?;
    let price = make_price(fake, call, &call.form)?;
    fake.emit("price.created", price["id"].as_str().unwrap_or_default());
    Ok(price)
}

/// Makes a price of `currency`, `unit_amount` and `product` or `product_data[name]`, as lines of a checkout have it too.
pub(crate) fn make_price(fake: &mut Fake, call: &Call, form: &Value) -> Answer {
    let currency = text(form, "currency").ok_or_else(|| Refused::missing("currency"))?.to_lowercase();
    let cents = text(form, "unit_amount").ok_or_else(|| Refused::missing("unit_amount"))?;
    let cents: i64 = cents.parse().map_err(|_| Refused::invalid("Invalid integer").param("unit_amount"))?;
    let product = match (text(form, "product"), text(form, "product_data/name")) {
        (Some(id), _) => find(fake, call, "product", id)?["id"].as_str().unwrap_or_default().to_owned(),
        (None, Some(name)) => {
            let id = fake.id("prod");
            fake.put(call.account(), checkout::product(&id, name))
        }
        (None, None) => return Err(Refused::missing("product")),
    };
    let id = fake.id("price");
    let mut price = checkout::price(&id, &product, cents, &currency);
    fill(&mut price, form, "nickname lookup_key");
    price["active"] = json!(true);
    fake.put(call.account(), price.clone());
    Ok(price)
}
