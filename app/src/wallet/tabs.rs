//! The parts of the wallet.

use leptos::prelude::*;

/// The pages of the wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Balances and ledger lines.
    Ledger,
    /// Deposits.
    Deposits,
    /// Automatic refill.
    Refill,
    /// Payouts.
    Payouts,
}

/// The links to the wallet's pages.
#[component]
pub fn Tabs(tab: Tab) -> impl IntoView {
    let tabs = [
        (Tab::Ledger, "/wallet", "Ledger"),
        (Tab::Deposits, "/wallet/deposits", "Deposits"),
        (Tab::Refill, "/wallet/refill", "Refill"),
        (Tab::Payouts, "/wallet/payouts", "Payouts"),
    ];
    let link = move |(of, href, text)| view! { <a href=href aria-current=(of == tab).then_some("page")>{text}</a> };
    view! { <nav class="tabs" aria-label="Parts of the wallet">{tabs.map(link).collect_view()}</nav> }
}
