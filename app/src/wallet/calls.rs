//! What the wallet's page reads, and what its form does.

use super::wanted::Wanted;
use crate::fault::Fault;
use leptos::prelude::*;
use market::Page;
use market::wallet::{Transaction, Wallet};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::visitor::visitor;
#[cfg(feature = "ssr")]
use market::{Money, Paging, deposit, wallet};

/// How many lines a page has.
#[cfg(feature = "ssr")]
const PAGE: i64 = 20;

/// Balances, and a page of lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Seen {
    /// The balances.
    pub wallet: Wallet,
    /// What moved them, newest first.
    pub lines: Page<Transaction>,
}

/// The member's wallet.
#[server(prefix = "/_fn", endpoint = "wallet/show")]
pub async fn show(wanted: Wanted) -> Result<Seen, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let wallet = wallet::show(&mut conn, &actor).await?;
    let lines = wallet::lines(&mut conn, &actor, &wanted.filter, Paging::new(Some(PAGE), Some(wanted.offset))?).await?;
    Ok(Seen { wallet, lines })
}

/// Opens a checkout and goes there.
#[server(prefix = "/_fn", endpoint = "wallet/deposit")]
pub async fn deposit(amount: String, back: Option<String>) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let amount = Money::parse_major("amount", &amount)?;
    let mut tx = market.begin().await?;
    let opened = deposit::start(&mut tx, &actor, amount.0).await?;
    tx.commit().await?;
    let back = back.unwrap_or_default();
    crate::respond::see_other(&crate::url::with_query(&opened.checkout_path(), &[("back", &back)]));
    Ok(())
}
