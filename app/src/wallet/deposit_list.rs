//! The deposits of a team: open ones, those on their way, and those that are over.

use super::deposit_page::by;
use super::loaders;
use super::tabs::{Tab, Tabs};
use crate::load::load;
use crate::ui::amount::Amount;
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::status::{Mark, StateBadge};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::{When, in_utc};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::deposit::{Deposit, Status};
use market::{Money, Page};

/// The page of a team's deposits, newest first.
#[component]
pub fn DepositListPage() -> impl IntoView {
    let offset = use_query_map().with_untracked(|query| query.get("offset")).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(loaders::list_deposits(offset), |page| view! { <Whole page=page /> })
}

#[component]
fn Whole(page: Page<Deposit>) -> impl IntoView {
    let shown = (&page).into();
    let list = if page.total == 0 {
        view! { <Empty title="No deposits yet"><p>"What is paid in is listed here, from the first click until the money is there."</p><a class="btn" href="/wallet#deposit">"Deposit"</a></Empty> }.into_any()
    } else {
        let heads =
            vec![Head::words("When"), Head::words("Deposit"), Head::number("Amount, USD"), Head::number("Fee"), Head::words("State")];
        let rows = page.items.into_iter().map(|deposit| view! { <Line deposit=deposit /> }).collect_view();
        view! { <Table label="Deposits, newest first. Amounts in USD." heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <Layout title="Deposits" place=NavItem::Wallet>
            <PageHead title="Wallet"><a class="btn" href="/wallet#deposit">"Deposit"</a></PageHead>
            <Tabs tab=Tab::Deposits />
            {list}
            <Pager shown=shown to="/wallet/deposits".to_owned() />
        </Layout>
    }
}

#[component]
fn Line(deposit: Deposit) -> impl IntoView {
    let to = format!("/wallet/deposits/{}", deposit.id);
    let (at, amount, fee) = (deposit.created_at, deposit.amount, deposit.fee);
    let (by, (mark, text)) = (by(&deposit), state(&deposit));
    view! {
        <Row>
            <Cell class="soft narrow-hide whitespace-nowrap"><When at=at /></Cell>
            <Cell class="lead"><b><a class="plain" href=to>{by}</a></b><span class="sub narrow-only">{in_utc(at)}</span></Cell>
            <Cell class="num end"><Amount money=amount /></Cell>
            <Cell class="num soft" label="Fee"><Amount money=fee /></Cell>
            <Cell label="State"><StateBadge mark=mark text=text /></Cell>
        </Row>
    }
}

/// Returns the state of a deposit.
pub(super) fn state(deposit: &Deposit) -> (Mark, &'static str) {
    match deposit.status {
        Status::Open if deposit.is_charge => (Mark::Waits, "Being charged"),
        Status::Open => (Mark::Waits, "Waits for its payer"),
        Status::Processing => (Mark::Waits, "On its way"),
        Status::Paid if deposit.taken_back() > Money::ZERO => (Mark::Back, "Taken back"),
        Status::Paid => (Mark::Done, "Arrived"),
        Status::Failed if deposit.is_charge => (Mark::Failed, "Refused by the card"),
        Status::Failed => (Mark::Failed, "Refused by the bank"),
        Status::Cancelled => (Mark::Off, "Cancelled"),
        Status::Expired => (Mark::Off, "Not paid in time"),
    }
}
