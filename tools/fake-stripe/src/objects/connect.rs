//! Connected accounts, their links, transfers and payouts.

use crate::state::now;
use serde_json::{Value, json};

/// The parts of a person that an account lacks before its onboarding.
pub(crate) const DUE: [&str; 6] =
    ["business_type", "external_account", "individual.dob.day", "individual.first_name", "individual.last_name", "tos_acceptance.date"];

/// A link for onboarding that was not used yet.
#[derive(Clone)]
pub(crate) struct Link {
    pub(crate) account: String,
    pub(crate) return_url: String,
    pub(crate) refresh_url: String,
    pub(crate) expires_at: i64,
}

/// Returns the requirements of an account that lacks some parts.
pub(crate) fn requirements(due: &[&str]) -> Value {
    json!({
        "alternatives": [], "current_deadline": null, "currently_due": due,
        "disabled_reason": if due.is_empty() { None } else { Some("requirements.past_due") }, "errors": [], "eventually_due": due,
        "past_due": due, "pending_verification": [],
    })
}

/// Returns an account; `dashboard` is express, full or none.
pub(crate) fn account(id: &str, country: &str, dashboard: &str) -> Value {
    let is_application = dashboard != "full";
    let payer = if is_application { "application" } else { "account" };
    let kind = match dashboard {
        "express" => "express",
        "full" => "standard",
        _ => "none",
    };
    json!({
        "id": id, "object": "account", "business_profile": profile(), "business_type": null, "capabilities": {},
        "charges_enabled": false,
        "controller": {
            "fees": { "payer": payer }, "is_controller": true,
            "losses": { "payments": if is_application { "application" } else { "stripe" } },
            "requirement_collection": "stripe", "stripe_dashboard": { "type": dashboard }, "type": "application",
        },
        "country": country, "created": now(), "default_currency": "usd", "details_submitted": false, "email": null,
        "external_accounts": { "object": "list", "data": [], "has_more": false, "url": format!("/v1/accounts/{id}/external_accounts") },
        "future_requirements": future(), "metadata": {}, "payouts_enabled": false, "requirements": requirements(&DUE),
        "settings": settings(), "tos_acceptance": { "date": null, "ip": null, "user_agent": null }, "type": kind,
    })
}

fn future() -> Value {
    json!({
        "alternatives": [], "current_deadline": null, "currently_due": [], "disabled_reason": null, "errors": [],
        "eventually_due": [], "past_due": [], "pending_verification": [],
    })
}

fn profile() -> Value {
    json!({
        "mcc": null, "minority_owned_business_designation": null, "name": null, "specified_commercial_transactions_act_url": null,
        "support_address": null, "support_email": null, "support_phone": null, "support_url": null, "url": null,
    })
}

fn settings() -> Value {
    json!({
        "branding": { "icon": null, "logo": null, "primary_color": null, "secondary_color": null },
        "card_payments": {
            "statement_descriptor_prefix": null, "statement_descriptor_prefix_kana": null, "statement_descriptor_prefix_kanji": null,
        },
        "dashboard": { "display_name": null, "timezone": "Etc/UTC" },
        "payments": {
            "statement_descriptor": null, "statement_descriptor_kana": null, "statement_descriptor_kanji": null,
            "statement_descriptor_prefix_kana": null, "statement_descriptor_prefix_kanji": null,
        },
        "payouts": {
            "debit_negative_balances": true, "schedule": { "delay_days": 2, "interval": "daily" }, "statement_descriptor": null,
        },
    })
}

/// Returns the bank account to which an account's payouts go.
pub(crate) fn bank(id: &str, account: &str) -> Value {
    json!({
        "id": id, "object": "bank_account", "account": account, "account_holder_name": "Jenny Rosen",
        "account_holder_type": "individual", "account_type": null, "available_payout_methods": ["standard"],
        "bank_name": "STRIPE TEST BANK", "country": "US", "currency": "usd", "default_for_currency": true, "fingerprint": "bank6789",
        "last4": "6789", "metadata": {}, "routing_number": "110000000", "status": "new",
    })
}

pub(crate) fn transfer(id: &str, amount: i64, currency: &str, destination: &str) -> Value {
    json!({
        "id": id, "object": "transfer", "amount": amount, "amount_reversed": 0, "balance_transaction": null, "created": now(),
        "currency": currency, "description": null, "destination": destination, "destination_payment": null, "livemode": false,
        "metadata": {},
        "reversals": { "object": "list", "data": [], "has_more": false, "url": format!("/v1/transfers/{id}/reversals") },
        "reversed": false, "source_transaction": null, "source_type": "card", "transfer_group": null,
    })
}

pub(crate) fn reversal(id: &str, amount: i64, transfer: &Value) -> Value {
    json!({
        "id": id, "object": "transfer_reversal", "amount": amount, "balance_transaction": null, "created": now(),
        "currency": transfer["currency"], "destination_payment_refund": null, "metadata": {}, "source_refund": null,
        "transfer": transfer["id"],
    })
}

pub(crate) fn payout(id: &str, amount: i64, currency: &str, destination: &str) -> Value {
    json!({
        "id": id, "object": "payout", "amount": amount, "application_fee": null, "application_fee_amount": null,
        "arrival_date": now() + 2 * 86_400, "automatic": false, "balance_transaction": null, "created": now(), "currency": currency,
        "description": null, "destination": destination, "failure_balance_transaction": null, "failure_code": null,
        "failure_message": null, "livemode": false, "metadata": {}, "method": "standard", "original_payout": null,
        "payout_method": null, "reconciliation_status": "not_applicable", "reversed_by": null, "source_type": "card",
        "statement_descriptor": null, "status": "pending", "trace_id": null, "type": "bank_account",
    })
}
