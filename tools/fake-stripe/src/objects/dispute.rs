//! Disputes.

use crate::state::now;
use serde_json::{Value, json};

/// The seconds in which a dispute has to be answered.
const ANSWER_SECONDS: i64 = 7 * 86_400;

/// Returns a dispute over a charge.
pub(crate) fn dispute(id: &str, amount: i64, status: &str, charge: &Value) -> Value {
    let mut dispute = json!({
        "id": id, "object": "dispute", "amount": amount, "balance_transactions": [], "charge": charge["id"], "created": now(),
        "currency": charge["currency"], "enhanced_eligibility_types": [], "evidence": {},
        "evidence_details": {
            "due_by": now() + ANSWER_SECONDS, "enhanced_eligibility": {}, "has_evidence": false, "past_due": false,
            "submission_count": 0, "submission_method": "not_submitted",
        },
        "intended_submission_method": null, "is_charge_refundable": status.starts_with("warning_"), "livemode": false, "metadata": {},
        "payment_intent": charge["payment_intent"], "reason": "fraudulent", "status": status,
    });
    dispute["evidence"] = evidence();
    dispute
}

fn evidence() -> Value {
    let mut evidence = json!({ "enhanced_evidence": {} });
    let names = "access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal \
        customer_communication customer_email_address customer_name customer_purchase_ip customer_signature \
        duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id product_description receipt refund_policy \
        refund_policy_disclosure refund_refusal_explanation service_date service_documentation shipping_address shipping_carrier \
        shipping_date shipping_documentation shipping_tracking_number uncategorized_file uncategorized_text";
    for name in names.split_whitespace() {
        evidence[name] = Value::Null;
    }
    evidence
}
