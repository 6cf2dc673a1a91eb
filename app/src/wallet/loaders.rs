//! The reads and form actions of the wallet's page.

use super::params::WalletParams;
use crate::act::once;
use crate::fault::Fault;
use crate::once::Done;
use crate::visitor::visitor;
use leptos::prelude::*;
use market::wallet::{Receipt, Transaction, Wallet};
use market::{Money, Page, Paging, deposit, wallet};
use serde::{Deserialize, Serialize};

/// The number of ledger lines on a page.
const PAGE: i64 = 20;

/// The data of the wallet's page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WalletPageData {
    /// The balances.
    pub wallet: Wallet,
    /// The ledger lines, newest first.
    pub lines: Page<Transaction>,
}

/// Loads the wallet of the member's team.
#[server(prefix = "/_fn", endpoint = "wallet/show")]
pub async fn show(params: WalletParams) -> Result<WalletPageData, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let wallet = wallet::show(&mut conn, &actor).await?;
    let lines = wallet::lines(&mut conn, &actor, &params.filter, Paging::new(Some(PAGE), Some(params.offset))?).await?;
    Ok(WalletPageData { wallet, lines })
}

/// Loads the receipt of an entry.
#[server(prefix = "/_fn", endpoint = "wallet/show_receipt")]
pub async fn show_receipt(id: String) -> Result<Receipt, Fault> {
    let (market, actor) = visitor()?;
    Ok(wallet::receipt(&mut market.read().await?, &actor, &id).await?)
}

/// Starts a deposit and redirects to its checkout.
#[server(prefix = "/_fn", endpoint = "wallet/deposit")]
pub async fn deposit(amount: String, back: Option<String>) -> Result<(), Fault> {
    let amount = Money::typed("amount", &amount)?;
    let back = back.unwrap_or_default();
    let opened = once!(|tx, actor| deposit::start(tx, actor, amount.0).await, |opened| {
        Done::new(crate::url::with_query(&opened.checkout_path(), &[("back", &back)]), "")
    })?;
    opened.go()
}
