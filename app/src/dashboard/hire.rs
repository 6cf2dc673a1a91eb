//! The poster's dashboard: waiting jobs, spending, applications side by side, reviews, and all jobs.

pub mod accept;
pub mod all;
pub mod compare;
pub mod needs;
pub mod params;
pub mod reviews;
pub mod stages;

use super::first_steps::PosterSteps;
use super::loaders::{self, HirePage, LATELY_DAYS};
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::ui::figures::{Figure, Figures};
use crate::ui::flash_notice::FlashNotice;
use crate::ui::layout::{Layout, NavItem, PageHead};
use all::All;
use compare::Compare;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::Money;
use market::dashboard::Spending;
use needs::Needs;
use params::HireParams;
use reviews::Reviews;
use stages::Stages;

/// The page of the poster's dashboard.
#[component]
pub fn Hire() -> impl IntoView {
    let params = HireParams::read(&use_query_map().get_untracked());
    load(loaders::hire_board(params.clone()), |hiring| view! { <Whole hiring=hiring params=params /> })
}

#[component]
fn Whole(hiring: HirePage, params: HireParams) -> impl IntoView {
    let HirePage { needed, spending, comparison, reviews, stages, jobs, hallmarks } = hiring;
    let available = spending.as_ref().map_or(Money::ZERO, |spending| spending.available);
    let (stage, funded) = (params.stage, available > Money::ZERO);
    view! {
        <Layout title="Hire" place=NavItem::Hire>
            <PageHead title="Hire"><a class="btn" href="/jobs/new">"Post a job"</a></PageHead>
            <VerifyFirst />
            <FlashNotice />
            {stages.is_empty().then(|| view! { <PosterSteps funded=funded /> })}
            {(!stages.is_empty()).then(|| view! { <Needs needed=needed available=available /> })}
            {match spending {
                Some(spending) => (!stages.is_empty()).then(|| view! { <Balances spending=spending /> }).into_any(),
                None => view! { <MoneyHidden /> }.into_any(),
            }}
            {comparison.map(|comparison| view! { <Compare comparison=comparison params=params available=available /> })}
            <Reviews reviews=reviews />
            {(!stages.is_empty()).then(|| view! { <div class="split section"><All jobs=jobs hallmarks=hallmarks stage=stage /><Stages stages=stages stage=stage /></div> })}
        </Layout>
    }
}

/// The section of a dashboard for a role that may not see the team's money.
#[component]
pub(super) fn MoneyHidden() -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="money">
            <div class="section-head"><h2 id="money">"Money"</h2></div>
            <p class="soft">"Your role does not show the team’s money. Its owners and admins can change that."</p>
        </section>
    }
}

#[component]
fn Balances(spending: Spending) -> impl IntoView {
    let spent = format!("Spent, {LATELY_DAYS} days");
    let refunded = format!("Refunded, {LATELY_DAYS} days");
    view! {
        <section class="section" aria-labelledby="money">
            <div class="section-head"><h2 id="money">"Money"</h2><a href="/wallet">"Wallet"</a></div>
            <Figures>
                <Figure label="Available" value=spending.available.to_string() note="USD, to spend" />
                <Figure label="In escrow" value=spending.held.to_string() note=some(spending.held_jobs, "nothing is held", |jobs| format!("for {jobs}")) />
                <Figure label=spent value=spending.spent.to_string() note=some(spending.spent_jobs, "no job closed", |jobs| format!("on {jobs} that closed")) />
                <Figure label=refunded value=spending.refunded.to_string() note=some(spending.refunded_jobs, "nothing came back", |jobs| format!("from {jobs}")) />
            </Figures>
        </section>
    }
}

/// Formats a number of jobs: `for 1 job`, `for 5 jobs`, or the text for none.
fn some(n: i64, none: &str, say: impl Fn(String) -> String) -> String {
    match n {
        0 => none.to_owned(),
        1 => say("1 job".to_owned()),
        _ => say(format!("{n} jobs")),
    }
}
