//! Tables that stay tables when CSS folds them: some browsers drop the roles with `display`, so each is said.

use leptos::prelude::*;

/// A column's head.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    text: &'static str,
    class: Option<&'static str>,
    spoken_only: bool,
}

impl Head {
    /// A column of words.
    pub const fn words(text: &'static str) -> Self {
        Self { text, class: None, spoken_only: false }
    }
    /// A column of numbers or times, set to the right.
    pub const fn number(text: &'static str) -> Self {
        Self { text, class: Some("num"), spoken_only: false }
    }
    /// A column of buttons: its name is for those who listen.
    pub const fn act(text: &'static str) -> Self {
        Self { text, class: Some("act"), spoken_only: true }
    }
}

/// A table with its name, which says what the rows are and in which order and currency.
#[component]
pub fn Table(
    #[prop(into)] label: String,
    /// `mid` for one-line rows with buttons, `pairs` to fold values two by two.
    #[prop(default = "table fold")]
    class: &'static str,
    heads: Vec<Head>,
    children: Children,
) -> impl IntoView {
    let heads = heads.into_iter().map(|head| {
        let text = if head.spoken_only { view! { <span class="sr">{head.text}</span> }.into_any() } else { head.text.into_any() };
        view! { <th role="columnheader" scope="col" class=head.class>{text}</th> }
    });
    view! {
        <table class=class role="table" aria-label=label>
            <thead role="rowgroup"><tr role="row">{heads.collect_view()}</tr></thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table>
    }
}

/// A row; `chosen` marks the one that was accepted.
#[component]
pub fn Row(#[prop(optional)] chosen: bool, children: Children) -> impl IntoView {
    view! { <tr role="row" data-chosen=chosen.then_some("")>{children()}</tr> }
}

/// A cell. `main` or `lead` and `end` share a folded row's first line; `label` names the value when folded.
#[component]
pub fn Cell(#[prop(optional)] class: &'static str, #[prop(optional, into)] label: Option<String>, children: Children) -> impl IntoView {
    view! { <td role="cell" class=class data-label=label>{children()}</td> }
}
