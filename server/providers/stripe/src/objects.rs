//! The parts of Stripe's objects that are read. Everything else in them is ignored, and all but ids may be missing.

use market::Money;
use market::deposit::Step;
use market::payment::{CheckoutNews, ReversalNews, ReversalState};
use serde::Deserialize;

/// A reference to another object: its id, or the object itself if Stripe was asked to expand it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Reference {
    Id(String),
    Object { id: String },
}

impl Reference {
    fn into_id(self) -> String {
        match self {
            Reference::Id(id) | Reference::Object { id } => id,
        }
    }
}

/// A Checkout session.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) url: Option<String>,
    status: Option<String>,
    payment_status: Option<String>,
    client_reference_id: Option<String>,
    payment_intent: Option<Reference>,
    amount_total: Option<i64>,
    currency: Option<String>,
}

impl Session {
    /// Returns the session as news, with the step that `failed` or its own state says.
    pub(crate) fn into_news(self, failed: bool) -> CheckoutNews {
        let step = match (self.status.as_deref(), self.payment_status.as_deref()) {
            _ if failed => Some(Step::Fail),
            (_, Some("paid" | "no_payment_required")) => Some(Step::Pay),
            (Some("complete"), _) => Some(Step::Process),
            (Some("expired"), _) => Some(Step::Expire),
            _ => None,
        };
        CheckoutNews {
            session: self.id,
            reference: self.client_reference_id,
            payment: self.payment_intent.map(Reference::into_id),
            total: self.amount_total.map(Money),
            currency: self.currency.map(|code| code.to_uppercase()),
            step,
        }
    }
}

/// A refund.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Refund {
    id: String,
    amount: i64,
    payment_intent: Option<Reference>,
    status: Option<String>,
}

impl From<Refund> for ReversalNews {
    fn from(refund: Refund) -> Self {
        let state = match refund.status.as_deref() {
            Some("failed" | "canceled") => ReversalState::Won,
            // A refund that succeeded can still fail days later.
            _ => ReversalState::Open,
        };
        let payment = refund.payment_intent.map(Reference::into_id);
        Self { id: refund.id, payment, amount: Money(refund.amount), is_dispute: false, state }
    }
}

/// A dispute.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Dispute {
    id: String,
    amount: i64,
    payment_intent: Option<Reference>,
    status: Option<String>,
}

impl Dispute {
    /// Returns true if it is a mere question of the bank, for which no money moved.
    pub(crate) fn is_inquiry(&self) -> bool {
        self.status.as_deref().is_some_and(|status| status.starts_with("warning_"))
    }
}

impl From<Dispute> for ReversalNews {
    fn from(dispute: Dispute) -> Self {
        let state = match dispute.status.as_deref() {
            Some("won" | "prevented") => ReversalState::Won,
            Some("lost") => ReversalState::Lost,
            _ => ReversalState::Open,
        };
        let payment = dispute.payment_intent.map(Reference::into_id);
        Self { id: dispute.id, payment, amount: Money(dispute.amount), is_dispute: true, state }
    }
}
