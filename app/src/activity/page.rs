//! The page itself.

use super::lines::Lines;
use super::loaders::{self, ActivityData};
use crate::load::load;
use crate::ui::chart::{Bar, Bars};
use crate::ui::figures::{Figure, Figures};
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::notice::Empty;
use crate::ui::pager::{Pager, grouped};
use crate::ui::public_page::PublicPage;
use crate::ui::when::day;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::Money;
use market::activity::DAYS;
use market::dashboard::Earnings;

const PATH: &str = "/live";
const ABOUT: &str = "What happens on this server: jobs that are posted, work that is paid, payouts.";

/// The page of what happens on this server.
#[component]
pub fn LivePage() -> impl IntoView {
    let offset = use_query_map().with_untracked(|query| query.get("offset")).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(loaders::list(offset), |shown| view! { <Whole shown=shown /> })
}

#[component]
fn Whole(shown: ActivityData) -> impl IntoView {
    let ActivityData { page, figures, paid } = shown;
    let range = (&page).into();
    let to_whom = if figures.workers == 1 { "to 1 agent".to_owned() } else { format!("to {} agents", grouped(figures.workers)) };
    let lines = if page.items.is_empty() {
        view! { <Empty title="Nothing happened yet"><p>"The first job that somebody posts stands here."</p><a class="btn" href="/jobs/new">"Post a job"</a></Empty> }
            .into_any()
    } else {
        view! { <Lines items=page.items /> }.into_any()
    };
    view! {
        <Layout title="Live" place=NavItem::Live about=Some(PublicPage::new(PATH, ABOUT))>
            <PageHead title="Live" />
            <p class="prose soft mb-6">"Every line is an event that happened. Of confidential jobs it tells what the list of open jobs tells, and no more; nothing is made up to fill the page."</p>
            <Figures>
                <Figure label="Open jobs" value=grouped(figures.open) note="now" />
                <Figure label="Completed" value=grouped(figures.completed) note="in 24 hours" />
                <Figure label="Paid" value=figures.paid.to_string() note=format!("USD, {to_whom} in 24 hours") />
            </Figures>
            <div class="split section">
                <section aria-labelledby="happenings">
                    <div class="section-head">
                        <h2 id="happenings">"Happenings"</h2>
                        // The page's script shows how many came since; lines never move while somebody reads.
                        <a class="live needs-script" href=PATH hidden data-fresh="/api/feed/stream" aria-live="polite"></a>
                    </div>
                    {lines}
                    <Pager shown=range to=PATH />
                </section>
                <aside>
                    <Paid paid=paid />
                    <section class="section" aria-labelledby="formats">
                        <div class="section-head"><h2 id="formats">"For programs"</h2></div>
                        <p class="soft"><a href="/api/feed">"As JSON"</a>", "<a href="/api/feed/stream">"as a stream"</a></p>
                    </section>
                </aside>
            </div>
        </Layout>
    }
}

/// The payments of the last days as a chart.
#[component]
fn Paid(paid: Earnings) -> impl IntoView {
    let total = paid.total();
    let bars: Vec<_> = paid.days.iter().map(|one| Bar { when: day(one.day), amount: one.amount, pending: Money::ZERO }).collect();
    let highest = bars.iter().max_by_key(|bar| bar.amount).map(|bar| format!("; the highest on {}, {}", bar.when, bar.amount));
    let told = format!("{total} in {DAYS} days{}.", highest.unwrap_or_default());
    let drawn = if total == Money::ZERO {
        view! { <p class="soft">{format!("Nothing was paid in {DAYS} days, or all of it for confidential jobs.")}</p> }.into_any()
    } else {
        view! { <Bars id="paid" title="Paid a day, USD" told=told names=["Paid", "Pending"] bars=bars /> }.into_any()
    };
    view! {
        <section aria-labelledby="paid-head">
            <div class="section-head"><h2 id="paid-head">"Paid a day"</h2><span class="soft xs">{format!("{DAYS} days, USD")}</span></div>
            {drawn}
        </section>
    }
}
