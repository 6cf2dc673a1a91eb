//! Amounts on a page: monospaced, two decimals, and a sign only for changes of a balance.

use leptos::prelude::*;
use market::Money;

/// An amount in the wallet currency; the column head or the sentence names it.
#[component]
pub fn Amount(
    money: Money,
    /// A change of a balance: `+` in green or a true minus.
    #[prop(optional)]
    signed: bool,
) -> impl IntoView {
    let class = if signed && money.0 > 0 { "money in" } else { "money" };
    let sign = if signed && money.0 > 0 { "+" } else { "" };
    let text = format!("{sign}{money}").replace('-', "\u{2212}");
    view! { <span class=class>{text}</span> }
}
