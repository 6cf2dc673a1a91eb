//! The receipt of a movement of the wallet: one page to print or to keep.

use super::ledger::{then, what};
use super::loaders;
use crate::job::address;
use crate::load::load;
use crate::ui::amount::Amount;
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::when::When;
use crate::ui::written::Name;
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::id::JobId;
use market::wallet::{Receipt, Transaction};

/// The page of a receipt.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    load(loaders::show_receipt(id), |receipt| view! { <Slip receipt=receipt /> })
}

#[component]
fn Slip(receipt: Receipt) -> impl IntoView {
    let Receipt { line, team, hash } = receipt;
    let Transaction { id, reason, subject, title, amount, balance, posted_at, held } = line;
    let sandbox = visitor::rules().sandbox;
    let job = title.map(|title| {
        view! { <dt>"Job"</dt><dd><a href=address(&JobId::from(subject)) dir="auto">{title}</a></dd> }
    });
    view! {
        <Layout title="Receipt" place=NavItem::Wallet>
            <PageHead title="Receipt"><a class="btn" href="/wallet">"Wallet"</a></PageHead>
            <dl class="sums narrow">
                <dt>"What"</dt><dd>{what(reason)}{held.map(then)}</dd>
                <dt>"Amount, USD"</dt><dd><Amount money=amount signed=true /></dd>
                <dt>"When"</dt><dd><When at=posted_at />" ("{posted_at.to_string()}")"</dd>
                {job}
                <dt>"Team"</dt><dd><Name text=team /></dd>
                <dt>"Available afterwards"</dt><dd><Amount money=balance /></dd>
                <dt>"Ledger entry"</dt><dd class="id whitespace-normal [overflow-wrap:anywhere]">{id}</dd>
                <dt>"Hash in the ledger"</dt><dd class="id whitespace-normal [overflow-wrap:anywhere]">{hash}</dd>
            </dl>
            <p class="soft mt-4">
                {if sandbox { "This server is a sandbox: no real money moved." } else { "The hash is part of the ledger’s chain; the operator can prove it at any time." }}
            </p>
        </Layout>
    }
}
