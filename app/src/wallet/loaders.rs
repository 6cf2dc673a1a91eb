//! The reads and form actions of the wallet's page.

use super::params::WalletParams;
use crate::fault::Fault;
use crate::respond::see_other;
use crate::url::{ours, with_query};
use crate::visitor::{Visitor, guest, visitor};
use leptos::prelude::*;
use market::deposit::{Deposit, Method, NewDeposit, UnderWay};
use market::id::DepositId;
use market::idempotency::Ticket;
use market::text::Word;
use market::wallet::{Receipt, Transaction, Wallet};
use market::{Money, Page, Paging, deposit, payment, payout, wallet};
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
    /// The deposits that a bank was asked for.
    pub under_way: UnderWay,
    /// The sum of the payouts that no bank has yet.
    pub on_the_way: Money,
    /// The ways of paying in.
    pub ways: Ways,
}

/// The ways of paying in that this server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ways {
    /// None.
    Off,
    /// Test money.
    Test,
    /// A payment provider, with fees.
    Provider,
}

/// Loads the wallet of the member's team.
#[server(prefix = "/_fn", endpoint = "wallet/show")]
pub async fn show(params: WalletParams) -> Result<WalletPageData, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let wallet = wallet::show(&mut conn, &actor).await?;
    let lines = wallet::lines(&mut conn, &actor, &params.filter, Paging::new(Some(PAGE), Some(params.offset))?).await?;
    let under_way = deposit::under_way(&mut conn, &actor).await?;
    let payments = guest()?.payments;
    let ways = match (payments.are_taken(), payments.have_fees()) {
        (false, _) => Ways::Off,
        (true, false) => Ways::Test,
        (true, true) => Ways::Provider,
    };
    let on_the_way = payout::on_the_way(&mut conn, &actor).await?;
    Ok(WalletPageData { wallet, lines, under_way, on_the_way, ways })
}

/// Loads the receipt of an entry.
#[server(prefix = "/_fn", endpoint = "wallet/show_receipt")]
pub async fn show_receipt(id: String) -> Result<Receipt, Fault> {
    let (market, actor) = visitor()?;
    Ok(wallet::receipt(&mut market.read().await?, &actor, &id).await?)
}

/// Loads a deposit of the member's team.
#[server(prefix = "/_fn", endpoint = "wallet/show_deposit")]
pub async fn show_deposit(id: String) -> Result<Deposit, Fault> {
    let (market, actor) = visitor()?;
    Ok(deposit::own(&mut market.read().await?, &actor, &DepositId::from(id)).await?)
}

/// Loads a page of the deposits of the member's team.
#[server(prefix = "/_fn", endpoint = "wallet/deposits")]
pub async fn list_deposits(offset: i64) -> Result<Page<Deposit>, Fault> {
    let (market, actor) = visitor()?;
    Ok(deposit::list(&mut market.read().await?, &actor, Paging::new(Some(PAGE), Some(offset))?).await?)
}

/// Opens a deposit and leads to its checkout. A second press of the form finds the deposit of the first.
#[server(prefix = "/_fn", endpoint = "wallet/deposit")]
pub async fn start_deposit(amount: String, method: Option<String>, back: Option<String>) -> Result<(), Fault> {
    let cents = Money::typed("amount", &amount)?.0;
    let method = method.map_or(Ok(Method::Card), |word| Method::read("method", &word))?;
    let back = back.filter(|back| !back.is_empty()).map(|back| ours(&back).to_owned()).unwrap_or_default();
    let (market, actor) = visitor()?;
    let Visitor { payments, once, .. } = guest()?;
    let new = NewDeposit { cents, method, request: once.as_ref().map(Ticket::request_id), back: &back };
    let opened = deposit::open(&market, payments.provider()?, &actor, &new).await?;
    to_checkout(&market, &opened, &back);
    Ok(())
}

/// Leads to the checkout of a deposit; `back` is the page to which it leads in the end.
pub(crate) fn to_checkout(market: &market::Market, opened: &Deposit, back: &str) {
    let to = match &opened.checkout_url {
        // The sandbox's own page: a form may lead there directly.
        Some(url) if opened.provider == payment::SANDBOX => {
            with_query(url.strip_prefix(&market.rules.base_url).unwrap_or(url), &[("back", back)])
        }
        _ => format!("/wallet/deposits/{}", opened.id),
    };
    see_other(&to);
}
