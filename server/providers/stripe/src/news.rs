//! Reading the events that Stripe posts.

use super::objects::{Account, BankPayout, Dispute, PaymentIntent, Refund, Session, Transfer};
use super::signature::{self, SignatureError};
use market::payment::{Content, News, PayoutNews};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// The most bytes of an event.
pub const BODY_MAX: usize = 256 << 10;

/// The reason why a posted event is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewsError {
    /// Its signature does not hold, or its time is over.
    Signature(&'static str),
    /// It is signed, and not an event.
    Unreadable,
    /// It is of Stripe's other mode: test for live, or the reverse.
    OtherMode,
}

#[derive(Deserialize)]
struct Event<'a> {
    id: String,
    r#type: String,
    #[serde(default)]
    livemode: bool,
    /// The connected account that it happened in; none for the server's own.
    account: Option<String>,
    #[serde(borrow)]
    data: Data<'a>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow)]
    object: &'a RawValue,
}

/// Checks the signature of a posted event and reads it. Each endpoint at Stripe has a secret of its own; commas separate them.
pub fn read(secrets: &str, is_live: bool, header: &str, body: &[u8], now_seconds: i64) -> Result<News, NewsError> {
    signature::check(secrets, header, body, now_seconds).map_err(|error| {
        NewsError::Signature(match error {
            SignatureError::Malformed => "the header Stripe-Signature is not t=…,v1=…",
            SignatureError::OutOfTime => "the signature is more than five minutes old, or the clocks differ",
            SignatureError::Different => "the signature is not of this body under this secret",
        })
    })?;
    of_event(std::str::from_utf8(body).map_err(|_| NewsError::Unreadable)?, is_live)
}

/// Reads an event that came from Stripe. An object of a known type that lacks a part we need is kept and ignored.
pub(crate) fn of_event(text: &str, is_live: bool) -> Result<News, NewsError> {
    let event: Event<'_> = serde_json::from_str(text).map_err(|_| NewsError::Unreadable)?;
    if event.livemode != is_live {
        return Err(NewsError::OtherMode);
    }
    let content = content(&event.r#type, event.data.object).map(|content| of_account(event.account.as_deref(), content));
    if content.is_none() {
        tracing::error!(event = event.id, kind = event.r#type, "an event of Stripe's lacks a part that is needed; it is kept unread");
    }
    Ok(News { id: event.id, kind: event.r#type, body: text.to_owned(), content: content.unwrap_or(Content::Other) })
}

/// Takes from a connected account only what is about itself and its payouts: its holder can name our deposits in payments of their own.
fn of_account(account: Option<&str>, content: Content) -> Content {
    match (account, content) {
        (None, content) => content,
        (Some(account), Content::AccountChange(changed)) if changed == account => Content::AccountChange(changed),
        (Some(account), Content::Payout(news)) => Content::Payout(PayoutNews { account: Some(account.to_owned()), ..news }),
        _ => Content::Other,
    }
}

/// Reads the object of an event; none if it lacks a part.
fn content(kind: &str, object: &RawValue) -> Option<Content> {
    Some(match kind {
        kind if kind.starts_with("checkout.session.") && parse::<Session>(object)?.saves_a_card() => {
            Content::CardPage(parse::<Session>(object)?.id)
        }
        "checkout.session.async_payment_failed" => Content::Checkout(parse::<Session>(object)?.into_news(true)),
        kind if kind.starts_with("checkout.session.") => Content::Checkout(parse::<Session>(object)?.into_news(false)),
        "payment_intent.succeeded" | "payment_intent.payment_failed" | "payment_intent.processing" | "payment_intent.canceled" => {
            Content::Charge(parse::<PaymentIntent>(object)?.into())
        }
        "account.updated" => Content::AccountChange(parse::<Account>(object)?.id),
        kind if kind.starts_with("payout.") => Content::Payout(parse::<BankPayout>(object)?.into()),
        kind if kind.starts_with("transfer.") => Content::Transfer(parse::<Transfer>(object)?.into()),
        kind if kind.starts_with("refund.") => Content::Reversal(parse::<Refund>(object)?.into()),
        kind if kind.starts_with("charge.dispute.") => {
            let dispute: Dispute = parse(object)?;
            if dispute.is_inquiry() { Content::Other } else { Content::Reversal(dispute.into()) }
        }
        _ => Content::Other,
    })
}

fn parse<T: DeserializeOwned>(object: &RawValue) -> Option<T> {
    serde_json::from_str(object.get()).ok()
}
