//! Rows of balances, and sums that add up.

use super::amount::Amount;
use leptos::prelude::*;
use market::Money;

/// A row of balances with rules between them.
#[component]
pub fn Figures(children: Children) -> impl IntoView {
    view! { <dl class="figures">{children()}</dl> }
}

/// One balance with a short explanation.
#[component]
pub fn Figure(#[prop(into)] label: String, #[prop(into)] value: String, #[prop(into)] note: String) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{value}</dd><dd>{note}</dd></div> }
}

/// A list of amounts that add up.
#[component]
pub fn Sums(children: Children) -> impl IntoView {
    view! { <dl class="sums">{children()}</dl> }
}

/// One line of a sum.
#[component]
pub fn Sum(
    #[prop(into)] label: String,
    money: Money,
    /// True for the total, which has a line above it.
    #[prop(optional)]
    total: bool,
    /// True for an amount that is not part of the sum, shown in a softer colour.
    #[prop(optional)]
    aside: bool,
) -> impl IntoView {
    let class = if total { Some("total") } else { aside.then_some("soft") };
    view! { <dt class=class>{label}</dt><dd class=class><Amount money=money /></dd> }
}
