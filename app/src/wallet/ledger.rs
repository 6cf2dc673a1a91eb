//! The ledger lines of a wallet: the amount, the reason with the state of held money, and the balance afterwards.

use crate::job::address;
use crate::ui::amount::Amount;
use crate::ui::id::Id;
use crate::ui::notice::Empty;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::{When, in_utc};
use leptos::prelude::*;
use market::id::JobId;
use market::ledger::Reason;
use market::wallet::{HoldState, Transaction};

/// The table of ledger lines. `narrow` is true if a filter is set.
#[component]
pub fn Ledger(lines: Vec<Transaction>, narrow: bool) -> impl IntoView {
    if lines.is_empty() && narrow {
        return view! { <Empty title="No line matches"><p>"Choose another month, or everything that moved."</p><a class="btn" href="/wallet">"Clear filters"</a></Empty> }.into_any();
    }
    if lines.is_empty() {
        return view! { <Empty title="Nothing moved yet"><p>"Deposits, holds, payments and refunds are listed here, each with its entry."</p></Empty> }.into_any();
    }
    let heads = vec![Head::words("When"), Head::words("Entry"), Head::number("Amount, USD"), Head::number("Available")];
    let rows = lines.into_iter().map(|line| view! { <Line line=line /> }).collect_view();
    view! { <Table label="Changes of the available balance, newest first, USD" heads=heads>{rows}</Table> }.into_any()
}

#[component]
fn Line(line: Transaction) -> impl IntoView {
    let Transaction { id, reason, subject, title, amount, balance, posted_at, held } = line;
    let about = match title {
        Some(title) => view! { ", "<a class="plain" href=address(&JobId::from(subject))>{title}</a> }.into_any(),
        None => ().into_any(),
    };
    let short = short(&id);
    view! {
        <Row>
            <Cell class="soft narrow-hide whitespace-nowrap"><When at=posted_at /></Cell>
            <Cell class="lead"><b><a class="plain" href=receipt_address(&id)>{what(reason)}</a>{held.map(then)}</b>{about}<details class="sub"><summary>"Entry"</summary><Id text=short whole=id noun="entry id" /></details></Cell>
            <Cell class="num end"><Amount money=amount signed=true /></Cell>
            <Cell class="num soft" label=format!("{}: available", in_utc(posted_at))><Amount money=balance /></Cell>
        </Row>
    }
}

/// Returns the address of an entry's receipt.
fn receipt_address(id: &str) -> String {
    format!("/wallet/entries/{}", crate::url::encode(id))
}

/// Returns the state of held money, after the label of its reason.
pub const fn then(held: HoldState) -> &'static str {
    match held {
        HoldState::Held => ", not settled yet",
        HoldState::Paid => ", then paid",
        HoldState::PartPaid => ", then paid in part; the rest returned",
        HoldState::Returned => ", then returned",
        HoldState::Divided => ", then divided by a ruling",
    }
}

/// Returns the label of a reason, from the wallet's point of view.
pub const fn what(reason: Reason) -> &'static str {
    match reason {
        Reason::Deposit => "Deposit",
        Reason::Hold => "Held",
        Reason::Adjust => "Held amount changed",
        Reason::Release => "Paid to you",
        Reason::Refund => "Refund",
        Reason::Split => "Split by a ruling",
        Reason::HoldProof => "Held for proofs",
        Reason::PayProof => "Paid for a proof",
        Reason::RefundProof => "Refund of proofs",
        Reason::Feature => "Featured a job",
        Reason::Reverse => "Deposit taken back",
        Reason::Restore => "Deposit restored",
        Reason::SettleDebt => "Debt paid",
        Reason::Payout => "Paid out",
        Reason::PaidOut => "Arrived at the bank",
        Reason::ReturnPayout => "Payout came back",
    }
}

/// Shortens an entry's id enough to tell entries apart: `hold:7f3a91c2`, `deposit:cs_41x…`.
fn short(id: &str) -> String {
    match id.split_once(':') {
        Some((reason, subject)) if subject.len() > 12 => {
            let kept: String = subject.chars().take(if subject.starts_with("cs_") { 11 } else { 8 }).collect();
            format!("{reason}:{kept}")
        }
        _ => id.to_owned(),
    }
}
