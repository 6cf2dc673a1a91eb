//! The payment provider's news that were refused, because they contradict what this server knows.

use super::{Console, More, Tab, asked, loaders};
use crate::load::load;
use crate::ui::notice::Empty;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::admin::Listed;
use market::payment::RefusedNews;

/// The page of the news that were refused.
#[component]
pub fn AdminPayments() -> impl IntoView {
    load(loaders::refused_payments(asked("after")), |news| view! { <Whole news=news /> })
}

#[component]
fn Whole(news: Listed<RefusedNews>) -> impl IntoView {
    let Listed { items, has_more } = news;
    let after = items.last().filter(|_| has_more).map(|news| news.id.clone());
    let list = if items.is_empty() {
        let note = "An event that names another amount, currency or checkout than its deposit moves no money. It is listed here, and you get mail.";
        view! { <Empty title="No event was refused"><p>{note}</p></Empty> }.into_any()
    } else {
        let heads = vec![Head::words("Event"), Head::words("Reason"), Head::number("Came")];
        let rows = items.into_iter().map(row).collect_view();
        view! { <Table class="table fold mid" label="Refused events, newest first" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <Console tab=Tab::Payments>
            {list}
            <More to="/admin/payments".to_owned() after=after />
        </Console>
    }
}

fn row(news: RefusedNews) -> impl IntoView {
    let RefusedNews { id, kind, reason, received_at } = news;
    // The mail ends a sentence with it; here it stands alone.
    let mut letters = reason.chars();
    let reason: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    view! {
        <Row>
            <Cell class="main">
                <span class="mono">{kind}</span>
                <span class="sub mono">{id}</span>
            </Cell>
            <Cell class="soft" label="Reason">{reason}</Cell>
            <Cell class="num" label="Came"><When at=received_at /></Cell>
        </Row>
    }
}
