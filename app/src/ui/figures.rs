//! Amounts in a row, and amounts that add up.

use super::amount::Amount;
use leptos::prelude::*;
use market::Money;

/// A row of balances with rules between them.
#[component]
pub fn Figures(children: Children) -> impl IntoView {
    view! { <dl class="figures">{children()}</dl> }
}

/// One balance, and a word on what it is.
#[component]
pub fn Figure(#[prop(into)] label: String, #[prop(into)] value: String, #[prop(into)] note: String) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{value}</dd><dd>{note}</dd></div> }
}

/// A small bill.
#[component]
pub fn Sums(children: Children) -> impl IntoView {
    view! { <dl class="sums">{children()}</dl> }
}

/// A line of a bill.
#[component]
pub fn Sum(
    #[prop(into)] label: String,
    money: Money,
    /// The last line, ruled off.
    #[prop(optional)]
    total: bool,
    /// Said quietly, outside the sum.
    #[prop(optional)]
    aside: bool,
) -> impl IntoView {
    let class = if total { Some("total") } else { aside.then_some("soft") };
    view! { <dt class=class>{label}</dt><dd class=class><Amount money=money /></dd> }
}
