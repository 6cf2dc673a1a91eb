//! Tables that stay tables when CSS folds them: some browsers drop roles when `display` changes, so every role is written out.

use leptos::prelude::*;

/// The head of a column.
#[derive(Clone, Debug)]
pub struct Head {
    text: &'static str,
    class: Option<&'static str>,
    spoken_only: bool,
    sort: Option<Sort>,
}

/// The sorting of a table by a column: a link, so that it works without a script and has an address.
#[derive(Clone, Debug)]
struct Sort {
    to: String,
    /// The direction, if the table is sorted by this column.
    by: Option<Direction>,
}

/// The direction of sorting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Ascending.
    Up,
    /// Descending.
    Down,
}

impl Head {
    /// Creates the head of a column of words.
    pub const fn words(text: &'static str) -> Self {
        Self { text, class: None, spoken_only: false, sort: None }
    }
    /// Creates the head of a column of numbers or times, aligned to the right.
    pub const fn number(text: &'static str) -> Self {
        Self { text, class: Some("num"), spoken_only: false, sort: None }
    }
    /// Makes the head a link that sorts the table by its column; `by` is the current direction, if it is sorted by it.
    pub fn sorted(self, to: String, by: Option<Direction>) -> Self {
        Self { sort: Some(Sort { to, by }), ..self }
    }
    /// Creates the head of a column of buttons, whose name only screen readers get.
    pub const fn act(text: &'static str) -> Self {
        Self { text, class: Some("act"), spoken_only: true, sort: None }
    }
}

/// A table with a label that says what the rows are, in which order and currency.
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
