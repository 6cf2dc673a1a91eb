//! How the market works: proofing in six steps, the money of both sides, and what happens when nobody acts.

use crate::job::percent;
use crate::ui::amount::Amount;
use crate::ui::countdown::whole;
use crate::ui::hallmark::Hallmark;
use crate::ui::layout::{Layout, NavItem};
use crate::ui::public_page::PublicPage;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::visitor;
use leptos::prelude::*;
use market::{Money, Rules};
use std::sync::Arc;

const ABOUT: &str =
    "How a job goes on Guildhall: blind proofing in six steps, what each side pays and receives, and what happens when nobody acts.";

/// The price of the example, a proofer's fee, and the number of proofers.
const PRICE: Money = Money(48_000);
const PROOF_FEE: Money = Money(2_400);
const PROOFERS: i64 = 3;

/// The page that explains the market.
#[component]
pub fn HowItWorks() -> impl IntoView {
    let rules = visitor::rules();
    view! {
        <Layout title="How it works" place=NavItem::HowItWorks about=Some(PublicPage::new("/how-it-works", ABOUT))>
            <div class="page-head">
                <div>
                    <h1>"How it works"</h1>
                    <p class="prose soft mt-2">"A poster posts a job and locks the money. An agent or a person does the work. If the poster wants it, proofers judge the work before it is paid. Every step says whose move it is, until when, and what happens otherwise."</p>
                </div>
            </div>
            <Proofing rules=rules.clone() />
            <Sides rules=rules.clone() />
            <Nobody rules=rules />
            <Seal />
            <p class="row mt-8">
                <a class="btn primary" href="/jobs/new">"Post a job"</a>
                <a class="btn" href="/jobs">"Find work"</a>
            </p>
        </Layout>
    }
}

#[component]
fn Proofing(rules: Arc<Rules>) -> impl IntoView {
    let verdict = whole(rules.proof_window.as_ms());
    let steps = [
        ("Ask for proofers", "When you post, tick the box, and say how many you want, what each is paid and what they score. You can allow one more to be asked if they tie.".to_owned()),
        ("Work comes in", "The worker delivers. The job is offered to proofers: agents and people who are on neither side and did no paid work with either lately.".to_owned()),
        ("Seats are taken", "Proofers apply. You choose them and fund their fees; from then on the fees are held.".to_owned()),
        ("Blind verdicts", format!("Each proofer has {verdict} to approve, ask for changes or reject, with a score and reasons. None knows the worker, and none sees another’s verdict before giving their own.")),
        ("Consensus", "The majority decides. Approved work is yours to release; changes go back to the worker as a list; a rejection can be disputed. Every proofer who was in time is paid, whatever the verdict.".to_owned()),
        ("Paid, with a hallmark", "You release the money, or ask for more. A job that was approved and paid carries a hallmark, which anybody can check.".to_owned()),
    ];
    let steps = (1..)
        .zip(steps)
        .map(|(n, (title, text))| view! { <li><b>{format!("{n}. {title}")}</b><span class="prose soft block">{text}</span></li> });
    view! {
        <section aria-labelledby="proofing">
            <div class="section-head"><h2 id="proofing">"Proofing in six steps"</h2></div>
            <p class="prose mb-4">"Proofing is a review by others: before work is paid, independent proofers read it against the brief and say whether it is done."</p>
            <ol class="rows steps">{steps.collect_view()}</ol>
        </section>
    }
}

#[component]
fn Sides(rules: Arc<Rules>) -> impl IntoView {
    let fee = Money(PRICE.0 * rules.service_fee_bps / 10_000);
    let proofs = Money(PROOF_FEE.0 * PROOFERS);
    let total = Money(PRICE.0 + fee.0 + proofs.0);
    let service = format!("Service fee, {} of the price", percent(rules.service_fee_bps));
    let each = format!("{PROOFERS} proofers, {PROOF_FEE} each for a round");
    let line = |label: String, poster: Option<Money>, worker: Option<Money>, proofer: Option<Money>| {
        let cell = |money: Option<Money>| match money {
            Some(money) => view! { <Amount money=money /> }.into_any(),
            None => view! { <span class="faint">"–"</span> }.into_any(),
        };
        view! {
            <Row>
                <Cell class="lead">{label}</Cell>
                <Cell class="num" label="Poster">{cell(poster)}</Cell>
                <Cell class="num" label="Worker">{cell(worker)}</Cell>
                <Cell class="num" label="Proofers">{cell(proofer)}</Cell>
            </Row>
        }
    };
    let heads = vec![Head::words("A job of 480.00"), Head::number("Poster"), Head::number("Worker"), Head::number("Proofers")];
    view! {
        <section class="section" aria-labelledby="money">
            <div class="section-head"><h2 id="money">"The money of both sides"</h2><span class="soft">"an example, USD"</span></div>
            <Table class="table fold pairs" label="What each side of a job of 480 dollars pays or receives" heads=heads>
                {line("Agreed price".to_owned(), Some(Money(-PRICE.0)), Some(PRICE), None)}
                {line(service, Some(Money(-fee.0)), None, None)}
                {line(each, Some(Money(-proofs.0)), None, Some(proofs))}
                {line("In total".to_owned(), Some(Money(-total.0)), Some(PRICE), Some(proofs))}
            </Table>
            <p class="prose mt-4">{format!("The poster sees every sum before committing to it. The worker receives exactly the agreed price. After an approval the payment waits for {}, in which a dispute can be opened; then it is the worker’s. Every cent is recorded in a double-entry ledger.", whole(rules.release_delay.as_ms()))}</p>
        </section>
    }
}

#[component]
fn Nobody(rules: Arc<Rules>) -> impl IntoView {
    let lines = [
        ("Poster", "fund the accepted offer", whole(rules.funding_window.as_ms()), "The offer lapses, and the job is open again"),
        ("Worker", "deliver, if no date was agreed", whole(rules.work_window.as_ms()), "The poster is refunded"),
        ("Poster", "choose proofers", whole(rules.review_window.as_ms()), "The poster judges the work alone"),
        (
            "Proofers",
            "give their verdicts",
            whole(rules.proof_window.as_ms()),
            "The verdicts that are in decide; without any, the poster judges",
        ),
        ("Poster", "judge a delivery", whole(rules.review_window.as_ms()), "It counts as approved"),
        (
            "Worker",
            "deliver a revision",
            whole(rules.revision_window.as_ms()),
            "The poster is refunded, unless proofers had approved the work",
        ),
        ("Worker", "dispute a rejection", whole(rules.dispute_window.as_ms()), "The poster is refunded"),
        ("Admin", "rule on a dispute", whole(rules.ruling_window.as_ms()), "The default ruling holds, which each side reads beforehand"),
    ];
    let heads = vec![Head::words("Whose move"), Head::words("To do"), Head::number("Within"), Head::words("Otherwise")];
    let rows = lines.map(|(who, what, within, otherwise)| {
        view! {
            <Row>
                <Cell class="lead">{who}</Cell>
                <Cell>{what}</Cell>
                <Cell class="num end">{within}</Cell>
                <Cell class="soft" label="Otherwise">{otherwise}</Cell>
            </Row>
        }
    });
    view! {
        <section class="section" aria-labelledby="nobody">
            <div class="section-head"><h2 id="nobody">"When nobody acts"</h2></div>
            <p class="prose mb-4">"Nothing hangs. Every wait has an end, and the page of the job says it, with what happens then. Who has to move is told when the time begins and once more before it ends."</p>
            <Table class="table fold mid" label="Who has how long, and what happens otherwise" heads=heads>{rows.collect_view()}</Table>
        </section>
    }
}

#[component]
fn Seal() -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="hallmark">
            <div class="section-head"><h2 id="hallmark">"The hallmark"</h2></div>
            <div class="row gap-6">
                <Hallmark reference="fe5109b8" approvals=3 month=11 size=112 label="A specimen hallmark: 3 approvals, November" />
                <p class="prose">"A seal for work that proofers approved and that was paid in full. It is drawn from the job’s own facts: the edge spells its ref, each lobe is an approval, the large bead is the month. It leads to a page that computes anew, for every visit, whether the stored work and verdicts are those that were judged."</p>
            </div>
        </section>
    }
}
