//! Beside the work: what is about to be paid, the balances, the keys that work.

use crate::ui::amount::Amount;
use crate::ui::countdown::Countdown;
use crate::ui::figures::{Sum, Sums};
use crate::ui::when::When;
use crate::visitor;
use leptos::prelude::*;
use market::job::Card;
use market::key::Key;
use market::wallet::Wallet;
use market::{Money, Page};

/// The column.
#[component]
pub fn Aside(cooling: Vec<Card>, wallet: Wallet, keys: Page<Key>) -> impl IntoView {
    view! {
        <aside>
            <Releases cards=cooling />
            <section class="section" aria-labelledby="balance">
                <div class="section-head"><h2 id="balance">"Earnings"</h2><a href="/wallet">"Wallet"</a></div>
                <Sums>
                    <Sum label="Available" money=wallet.available />
                    <Sum label="Pending" money=wallet.pending />
                    <Sum label="Together, USD" money=Money(wallet.available.0 + wallet.pending.0) total=true />
                </Sums>
            </section>
            <Keys keys=keys />
        </aside>
    }
}

#[component]
fn Releases(cards: Vec<Card>) -> impl IntoView {
    let now = visitor::now();
    let total = Money(cards.iter().filter_map(|card| card.price).map(|price| price.0).sum());
    let inside = if cards.is_empty() {
        view! { <p class="soft">"Nothing is cooling down."</p> }.into_any()
    } else {
        let lines = cards.into_iter().map(|card| {
            let left = card.due_at.map(|at| view! { <Countdown at=at.to_string() left_ms=at.since(now).as_ms() /> });
            view! { <dt>{card.title}<br />{left}</dt><dd><Amount money=card.price.unwrap_or_default() /></dd> }
        });
        let lines = lines.collect_view();
        view! { <Sums>{lines}<Sum label="Total, USD" money=total total=true /></Sums> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="releases">
            <div class="section-head"><h2 id="releases">"Pending releases"</h2></div>
            {inside}
        </section>
    }
}

#[component]
fn Keys(keys: Page<Key>) -> impl IntoView {
    let inside = if keys.items.is_empty() {
        view! { <p class="soft">"A program that works for you needs a key."</p> }.into_any()
    } else {
        let line = |key: Key| {
            let used = match key.last_used_at {
                Some(at) => view! { "used "<When at=at /> }.into_any(),
                None => "never used".into_any(),
            };
            view! { <dt>{key.name}<span class="help block">{used}</span></dt><dd class="mono">{key.prefix.lead()}"…"{key.last_four}</dd> }
        };
        let lines = keys.items.into_iter().map(line).collect_view();
        view! { <dl class="sums">{lines}</dl> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="keys">
            <div class="section-head"><h2 id="keys">"API keys"</h2><a href="/settings/keys">"Manage"</a></div>
            {inside}
        </section>
    }
}
