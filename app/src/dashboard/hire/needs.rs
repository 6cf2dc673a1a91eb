//! The jobs that wait for the poster: the next step, the time left, the default outcome, and a button for the act.

use crate::dashboard::hire::params::HireParams;
use crate::dashboard::next::{How, Next, for_poster};
use crate::job::address;
use crate::ui::confirm::Confirm;
use crate::ui::countdown::{Countdown, words};
use crate::ui::pager::Pager;
use crate::ui::status::StatusBadge;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::{url, visitor};
use leptos::prelude::*;
use market::dashboard::Need;
use market::{Money, Page, Time};

/// The section with the waiting jobs.
#[component]
pub fn Needs(needed: Page<Need>, available: Money) -> impl IntoView {
    let now = visitor::now();
    let shown = (&needed).into();
    let nearest = needed.items.iter().find_map(|need| need.due_at).filter(|_| needed.offset == 0);
    let told = match nearest {
        Some(at) => Some(format!("{}, the nearest deadline in {}", needed.total, words(at.since(now).as_ms()))),
        None => (needed.total > 0).then(|| needed.total.to_string()),
    };
    let first = needed.offset == 0;
    let table = if needed.items.is_empty() && first {
        view! { <p class="soft">"You’re all caught up."</p> }.into_any()
    } else if needed.items.is_empty() {
        // The page is beyond the end; the pager says so and leads back.
        ().into_any()
    } else {
        let heads = vec![
            Head::words("Job"),
            Head::words("Status"),
            Head::words("Next step"),
            Head::number("Time left"),
            Head::words("Otherwise"),
            Head::act("Act"),
        ];
        let rows = (0..).zip(needed.items);
        let rows = rows.filter_map(|(i, need)| Some(row(for_poster(&need)?, need, first && i == 0, available, now))).collect_view();
        view! { <Table class="table fold mid" label="Jobs waiting for you, with the time left and what happens without you" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section aria-labelledby="need">
            <div class="section-head"><h2 id="need">"Needs you"</h2><span class="soft">{told}</span></div>
            {table}
            <Pager shown=shown to="/hire#need" of=("need", "Pages of what needs you") />
        </section>
    }
}

fn row(next: Next, need: Need, first: bool, available: Money, now: Time) -> impl IntoView {
    let there = address(&need.id);
    let left = need.due_at.map(|at| view! { <Countdown at=at.to_string() left_ms=at.since(now).as_ms() /> });
    let Next { step, act, how, otherwise } = next;
    let status = need.status;
    let (title, doing) = (need.title.clone(), step.clone());
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=there dir="auto">{title}</a></Cell>
            <Cell class="narrow-hide"><StatusBadge status=status /></Cell>
            <Cell class="soft lg:whitespace-nowrap">{doing}</Cell>
            <Cell class="num end">{left}</Cell>
            <Cell class="soft lg:whitespace-nowrap" label="Otherwise">{otherwise}</Cell>
            <Cell class="act"><Button need=need step=step act=act how=how first=first available=available /></Cell>
        </Row>
    }
}

/// The button that does the act, or leads to the page where it is done.
#[component]
fn Button(need: Need, step: String, act: String, how: How, first: bool, available: Money) -> impl IntoView {
    let class = if first { "btn primary" } else { "btn" };
    let label = format!("{act}: {}", need.title);
    let to = match how {
        How::Compare => HireParams::comparing(need.id.as_str()),
        How::Look(part) => address(&need.id) + part,
        How::Pay(_, cost, _) if cost > available => {
            return view! { <Deposit class=class missing=Money(cost.0 - available.0) title=need.title /> }.into_any();
        }
        How::Pay(to, cost, until) => {
            let after = Money(available.0 - cost.0);
            let told = format!("{cost} leaves your wallet and is held until {until}; {after} stays available.");
            return view! { <Pay job=need.id.to_string() to=to question=format!("{step}?") act=act told=told class=class label=label /> }
                .into_any();
        }
        How::Do(to) => return view! { <Release need=need to=to class=class label=label /> }.into_any(),
    };
    view! { <a class=class href=to aria-label=label>{act}</a> }.into_any()
}

#[component]
fn Deposit(class: &'static str, missing: Money, title: String) -> impl IntoView {
    let to = url::with_query("/wallet", &[("amount", &missing.major()), ("back", &visitor::page())]);
    let label = format!("Deposit {missing} to fund {title}");
    view! { <a class=class href=format!("{to}#deposit") aria-label=label>{format!("Deposit {missing}")}</a> }
}

#[component]
fn Pay(job: String, to: &'static str, question: String, act: String, told: String, class: &'static str, label: String) -> impl IntoView {
    view! {
        <Confirm id=format!("fund-{job}") to=to on=("job", job) ask=act.clone() label=label class=class danger=false
            question=question act=act keep="Not yet">
            <p class="soft">{told}</p>
        </Confirm>
    }
}

#[component]
fn Release(need: Need, to: &'static str, class: &'static str, label: String) -> impl IntoView {
    let price = need.cost().price;
    let worker = need.worker.clone().unwrap_or_else(|| "The worker".to_owned());
    let dispute = address(&need.id) + "/dispute";
    let (act, told) = (
        format!("Release {price}"),
        format!("{worker} is paid {price} when the cooldown ends. You are bound by it: until then only a new fact opens a dispute."),
    );
    view! {
        <span class="row">
            <a class="btn quiet" href=dispute aria-label=format!("Dispute: {}", need.title)>"Dispute"</a>
            <Confirm id=format!("release-{}", need.id) to=to on=("job", need.id.to_string()) ask="Release" label=label class=class danger=false
                question="Release the payment?" act=act keep="Not yet">
                <input type="hidden" name="version" value=need.versions />
                <p class="soft">{told}</p>
            </Confirm>
        </span>
    }
}
