//! Tables that stay tables when CSS folds them: some browsers drop the roles with `display`, so each is said.

use leptos::prelude::*;

/// A column's head.
#[derive(Clone, Debug)]
pub struct Head {
    text: &'static str,
    class: Option<&'static str>,
    spoken_only: bool,
    sort: Option<Sort>,
}

/// How a column sorts its table: a link, so that it works without a script and has an address.
#[derive(Clone, Debug)]
struct Sort {
    to: String,
    /// The direction, while the table is sorted by it.
    by: Option<Direction>,
}

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The least first.
    Up,
    /// The most first.
    Down,
}

impl Head {
    /// A column of words.
    pub const fn words(text: &'static str) -> Self {
        Self { text, class: None, spoken_only: false, sort: None }
    }
    /// A column of numbers or times, set to the right.
    pub const fn number(text: &'static str) -> Self {
        Self { text, class: Some("num"), spoken_only: false, sort: None }
    }
    /// The same, and its name leads to the table sorted by it; `by` says that it is and which way.
    pub fn sorted(self, to: String, by: Option<Direction>) -> Self {
        Self { sort: Some(Sort { to, by }), ..self }
    }
    /// A column of buttons: its name is for those who listen.
    pub const fn act(text: &'static str) -> Self {
        Self { text, class: Some("act"), spoken_only: true, sort: None }
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
    let heads = heads.into_iter().map(|Head { text, class, spoken_only, sort }| {
        let (order, arrow) = match sort.as_ref().and_then(|sort| sort.by) {
            Some(Direction::Up) => (Some("ascending"), " ↑"),
            Some(Direction::Down) => (Some("descending"), " ↓"),
            None => (None, ""),
        };
        let text = match sort {
            Some(sort) => view! { <a href=sort.to>{text}<span aria-hidden="true">{arrow}</span></a> }.into_any(),
            None if spoken_only => view! { <span class="sr">{text}</span> }.into_any(),
            None => text.into_any(),
        };
        view! { <th role="columnheader" scope="col" class=class aria-sort=order>{text}</th> }
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
