//! The reads and form actions of automatic refill.

use crate::act::act;
use crate::fault::Fault;
use crate::respond::see_other;
use crate::visitor::{go, guest, visitor};
use leptos::prelude::*;
use market::deposit::Deposit;
use market::refill::{self, NewRefill, Refill};
use market::{Money, payment};
use serde::{Deserialize, Serialize};

const PAGE: &str = "/wallet/refill";

/// The data of the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RefillPageData {
    /// The settings, with what was charged this month; none if there are none yet.
    pub refill: Option<(Refill, Money)>,
    /// The last charges, newest first.
    pub charges: Vec<Deposit>,
    /// True if this server has a payment provider.
    pub is_offered: bool,
    /// True if the provider's fee comes on top.
    pub has_fees: bool,
}

/// Loads the automatic refill of the member's team.
#[server(prefix = "/_fn", endpoint = "wallet/refill/show")]
pub async fn show_refill() -> Result<RefillPageData, Fault> {
    let (market, actor) = visitor()?;
    let payments = guest()?.payments;
    let mut conn = market.read().await?;
    let refill = refill::show(&mut conn, &actor).await?;
    let charges = refill::charges(&mut conn, &actor).await?;
    Ok(RefillPageData { refill, charges, is_offered: payments.are_taken(), has_fees: payments.have_fees() })
}

/// Writes the settings. While no card is saved, it leads to the provider's page that saves one.
#[server(prefix = "/_fn", endpoint = "wallet/refill/set")]
pub async fn set_refill(threshold: String, amount: String, monthly_limit: String, enabled: Option<String>) -> Result<(), Fault> {
    let limit = Some(monthly_limit.trim()).filter(|text| !text.is_empty());
    let new = NewRefill {
        threshold: Money::typed("threshold", &threshold)?.0,
        amount: Money::typed("amount", &amount)?.0,
        monthly_limit: limit.map(|text| Money::typed("monthly_limit", text)).transpose()?.map(|limit| limit.0),
        is_enabled: enabled.is_some(),
    };
    let (market, actor) = visitor()?;
    let payments = guest()?.payments;
    let refill = refill::set_up(&market, payments.provider()?, &actor, &new).await?;
    match refill.page_url.clone().filter(|_| refill.is_enabled && refill.card.is_none()) {
        Some(url) => onward(&market.rules.base_url, &refill, &url),
        None => go(PAGE, if refill.is_enabled { "Automatic refill is on." } else { "Saved. Nothing is charged." }),
    }
}

/// Leads to the page that saves another card.
#[server(prefix = "/_fn", endpoint = "wallet/refill/card")]
pub async fn change_card() -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let refill = refill::change_card(&market, guest()?.payments.provider()?, &actor).await?;
    let url = refill.page_url.clone().unwrap_or_else(|| PAGE.to_owned());
    onward(&market.rules.base_url, &refill, &url)
}

/// Leads to a page of the sandbox. A form must not lead to another server, so a provider's page is a link of ours.
fn onward(base_url: &str, refill: &Refill, url: &str) -> Result<(), Fault> {
    if refill.provider == payment::SANDBOX {
        see_other(url.strip_prefix(base_url).unwrap_or(url));
        return Ok(());
    }
    go(PAGE, "Now save a card at the payment provider.")
}

/// Switches the charges off.
#[server(prefix = "/_fn", endpoint = "wallet/refill/off")]
pub async fn switch_refill_off() -> Result<(), Fault> {
    act!(|tx, actor| refill::switch_off(tx, actor).await, |_| (PAGE, "Automatic refill is off."))
}

/// Forgets the saved card.
#[server(prefix = "/_fn", endpoint = "wallet/refill/forget")]
pub async fn forget_card() -> Result<(), Fault> {
    act!(|tx, actor| refill::forget_card(tx, actor).await, |_| (PAGE, "The card is forgotten, and nothing more is charged."))
}
