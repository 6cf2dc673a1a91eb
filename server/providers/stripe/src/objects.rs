//! The parts of Stripe's objects that are read. Everything else in them is ignored, and all but ids may be missing.

use market::deposit::Step;
use market::payment::{
    AccountNews, BankState, CardNews, CardRefusal, ChargeNews, CheckoutNews, PayoutNews, ReversalNews, ReversalState, SavedCard,
    TransferNews,
};
use market::{Money, payee};
use serde::Deserialize;

/// A reference to another object: its id, or the object itself if Stripe was asked to expand it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Reference {
    Id(String),
    Object { id: String, status: Option<String> },
}

impl Reference {
    /// Returns true for a payment, expanded, that will not be made any more.
    fn has_failed(&self) -> bool {
        match self {
            Reference::Id(_) => false,
            Reference::Object { status, .. } => matches!(status.as_deref(), Some("requires_payment_method" | "canceled")),
        }
    }

    fn into_id(self) -> String {
        match self {
            Reference::Id(id) | Reference::Object { id, .. } => id,
        }
    }
}

/// A Checkout session.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) url: Option<String>,
    mode: Option<String>,
    status: Option<String>,
    payment_status: Option<String>,
    client_reference_id: Option<String>,
    payment_intent: Option<Reference>,
    amount_total: Option<i64>,
    currency: Option<String>,
}

impl Session {
    /// Returns true if no payment is made on its page, and a card is saved instead.
    pub(crate) fn saves_a_card(&self) -> bool {
        self.mode.as_deref() == Some("setup")
    }

    /// Returns the session as news, with the step that `failed` or its own state says.
    pub(crate) fn into_news(self, failed: bool) -> CheckoutNews {
        let failed = failed || self.payment_intent.as_ref().is_some_and(Reference::has_failed);
        let step = match (self.status.as_deref(), self.payment_status.as_deref()) {
            (Some("complete"), Some("paid")) => Some(Step::Pay),
            (Some("complete"), _) if failed => Some(Step::Fail),
            (Some("complete"), Some("unpaid")) => Some(Step::Process),
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

/// A Checkout session that saves a card, with its card.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct CardSession {
    id: String,
    status: Option<String>,
    client_reference_id: Option<String>,
    customer: Option<Reference>,
    setup_intent: Option<SetupIntent>,
}

/// The intent of saving a card.
#[derive(Clone, Debug, Deserialize)]
struct SetupIntent {
    payment_method: Option<PaymentMethod>,
}

/// A saved way of paying.
#[derive(Clone, Debug, Deserialize)]
struct PaymentMethod {
    id: String,
    card: Option<CardFacts>,
}

/// The facts by which a holder knows a card.
#[derive(Clone, Debug, Deserialize)]
struct CardFacts {
    brand: Option<String>,
    last4: Option<String>,
}

impl From<CardSession> for CardNews {
    fn from(session: CardSession) -> Self {
        let method = session.setup_intent.and_then(|intent| intent.payment_method);
        let is_complete = session.status.as_deref() == Some("complete");
        let saved = session.customer.map(Reference::into_id).zip(method).filter(|_| is_complete);
        let card = saved.map(|(customer, method)| SavedCard { customer, label: label(method.card), card: method.id });
        Self { session: session.id, reference: session.client_reference_id, card, is_expired: session.status.as_deref() == Some("expired") }
    }
}

/// Returns a card's name: `Visa ending 4242`.
fn label(facts: Option<CardFacts>) -> String {
    let (brand, last4) = facts.map(|facts| (facts.brand, facts.last4)).unwrap_or_default();
    let brand = brand.unwrap_or_else(|| "card".to_owned());
    let mut letters = brand.chars();
    let brand = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default();
    format!("{brand} ending {}", last4.as_deref().unwrap_or("????"))
}

/// A payment.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PaymentIntent {
    id: String,
    amount: Option<i64>,
    currency: Option<String>,
    status: Option<String>,
    #[serde(default)]
    metadata: Named,
    last_payment_error: Option<PaymentError>,
}

/// Our own words in an object.
#[derive(Clone, Debug, Default, Deserialize)]
struct Named {
    deposit: Option<String>,
    payout: Option<String>,
}

/// The reason of a payment that failed.
#[derive(Clone, Debug, Deserialize)]
struct PaymentError {
    code: Option<String>,
}

/// Returns the reason for which a card was not charged, from Stripe's word.
pub(crate) fn card_refusal(code: Option<&str>) -> CardRefusal {
    match code {
        Some("authentication_required") => CardRefusal::NeedsHolder,
        _ => CardRefusal::Declined,
    }
}

impl From<PaymentIntent> for ChargeNews {
    fn from(intent: PaymentIntent) -> Self {
        let code = intent.last_payment_error.and_then(|error| error.code);
        let (step, refusal) = match intent.status.as_deref() {
            Some("succeeded") => (Some(Step::Pay), None),
            Some("processing") => (Some(Step::Process), None),
            // The holder is away, so nobody can confirm it.
            Some("requires_action") => (Some(Step::Fail), Some(CardRefusal::NeedsHolder)),
            Some("requires_payment_method" | "canceled") => (Some(Step::Fail), Some(card_refusal(code.as_deref()))),
            _ => (None, None),
        };
        Self {
            payment: intent.id,
            reference: intent.metadata.deposit,
            total: intent.amount.map(Money),
            currency: intent.currency.map(|code| code.to_uppercase()),
            step,
            refusal,
        }
    }
}

/// A list.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct List<T> {
    pub(crate) data: Vec<T>,
    #[serde(default)]
    pub(crate) has_more: bool,
}

/// The link to a page of Stripe's.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Link {
    pub(crate) url: String,
}

/// A connected account.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Account {
    pub(crate) id: String,
    #[serde(default)]
    payouts_enabled: bool,
    #[serde(default)]
    details_submitted: bool,
    #[serde(default)]
    capabilities: Capabilities,
    requirements: Option<Requirements>,
}

/// The abilities of an account.
#[derive(Clone, Debug, Default, Deserialize)]
struct Capabilities {
    transfers: Option<String>,
}

/// The things that Stripe wants to know.
#[derive(Clone, Debug, Default, Deserialize)]
struct Requirements {
    #[serde(default)]
    currently_due: Option<Vec<String>>,
}

impl From<Account> for AccountNews {
    fn from(account: Account) -> Self {
        let takes_transfers = account.capabilities.transfers.as_deref() == Some("active");
        let state = match (account.details_submitted, account.payouts_enabled && takes_transfers) {
            (_, true) => payee::State::Ready,
            (true, false) => payee::State::Restricted,
            (false, false) => payee::State::Onboarding,
        };
        let missing = account.requirements.and_then(|requirements| requirements.currently_due).unwrap_or_default();
        Self { account: account.id, state, missing }
    }
}

/// A transfer to a connected account.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Transfer {
    pub(crate) id: String,
    transfer_group: Option<String>,
    #[serde(default)]
    amount: i64,
    #[serde(default)]
    amount_reversed: i64,
    #[serde(default)]
    reversed: bool,
}

impl Transfer {
    /// Returns true if all of it was reversed.
    pub(crate) const fn is_reversed(&self) -> bool {
        self.reversed
    }
}

impl From<Transfer> for TransferNews {
    fn from(transfer: Transfer) -> Self {
        let reversed = if transfer.is_reversed() { transfer.amount.max(transfer.amount_reversed) } else { transfer.amount_reversed };
        Self { transfer: transfer.id, reference: transfer.transfer_group, reversed: Money(reversed) }
    }
}

/// A payout to a bank.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct BankPayout {
    id: String,
    status: Option<String>,
    #[serde(default)]
    metadata: Named,
    failure_message: Option<String>,
}

impl BankPayout {
    /// Returns the payout, as we named it.
    pub(crate) fn reference(&self) -> Option<&str> {
        self.metadata.payout.as_deref()
    }
}

impl From<BankPayout> for PayoutNews {
    fn from(payout: BankPayout) -> Self {
        let state = match payout.status.as_deref() {
            Some("paid") => BankState::Paid,
            Some("failed" | "canceled") => BankState::Failed(payout.failure_message),
            _ => BankState::UnderWay,
        };
        Self { bank_payment: payout.id, account: None, reference: payout.metadata.payout, transfer: None, state }
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
