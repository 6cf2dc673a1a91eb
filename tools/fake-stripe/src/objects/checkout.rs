//! Checkout sessions, their lines, products and prices.

use crate::state::now;
use serde_json::{Value, json};

/// Returns an open session without the particulars of its mode.
pub(crate) fn session(id: &str, mode: &str) -> Value {
    json!({
        "id": id, "object": "checkout.session", "adaptive_pricing": null, "after_expiration": null, "allow_promotion_codes": null,
        "allowed_payment_method_types": null, "amount_subtotal": null, "amount_total": null,
        "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
        "billing_address_collection": null, "cancel_url": null, "client_reference_id": null, "client_secret": null,
        "collected_information": null, "consent": null, "consent_collection": null, "created": now(), "currency": null,
        "currency_conversion": null, "custom_fields": [],
        "custom_text": { "after_submit": null, "shipping_address": null, "submit": null, "terms_of_service_acceptance": null },
        "customer": null, "customer_account": null, "customer_creation": null, "customer_details": null, "customer_email": null,
        "discounts": null, "expires_at": now() + 86_400, "integration_identifier": null, "invoice": null, "invoice_creation": null,
        "livemode": false, "locale": null, "managed_payments": null, "metadata": {}, "mode": mode, "origin_context": null,
        "payment_intent": null, "payment_link": null, "payment_method_collection": null, "payment_method_configuration_details": null,
        "payment_method_options": {}, "payment_method_types": [], "payment_status": "unpaid", "permissions": null,
        "recovered_from": null, "saved_payment_method_options": null, "setup_intent": null, "shipping_address_collection": null,
        "shipping_cost": null, "shipping_options": [], "status": "open", "submit_type": null, "subscription": null,
        "success_url": null, "total_details": null, "ui_mode": "hosted_page", "url": null, "wallet_options": null,
    })
}

/// Returns the details of a payer.
pub(crate) fn customer_details(email: Option<&str>) -> Value {
    json!({
        "address": null, "business_name": null, "email": email, "individual_name": null, "name": null, "phone": null,
        "tax_exempt": "none", "tax_ids": null,
    })
}

/// Returns one line of a session.
pub(crate) fn line(id: &str, name: &Value, price: Value, quantity: i64) -> Value {
    let total = price["unit_amount"].as_i64().unwrap_or(0).saturating_mul(quantity);
    json!({
        "id": id, "object": "item", "adjustable_quantity": null, "amount_discount": 0, "amount_subtotal": total, "amount_tax": 0,
        "amount_total": total, "currency": price["currency"], "description": name, "metadata": {}, "price": price,
        "quantity": quantity,
    })
}

pub(crate) fn product(id: &str, name: &str) -> Value {
    json!({
        "id": id, "object": "product", "active": true, "created": now(), "description": null, "images": [], "livemode": false,
        "marketing_features": [], "metadata": {}, "name": name, "package_dimensions": null, "shippable": null, "tax_details": null,
        "type": "service", "updated": now(), "url": null,
    })
}

pub(crate) fn price(id: &str, product: &str, cents: i64, currency: &str) -> Value {
    json!({
        "id": id, "object": "price", "active": true, "billing_scheme": "per_unit", "created": now(), "currency": currency,
        "custom_unit_amount": null, "livemode": false, "lookup_key": null, "metadata": {}, "nickname": null, "product": product,
        "recurring": null, "tax_behavior": "unspecified", "tiers_mode": null, "transform_quantity": null, "type": "one_time",
        "unit_amount": cents, "unit_amount_decimal": cents.to_string(),
    })
}
