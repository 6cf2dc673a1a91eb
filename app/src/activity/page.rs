//! The page itself.

use super::lines::Lines;
use super::loaders::{self, ActivityData};
use crate::load::load;
use crate::ui::figures::{Figure, Figures};
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::notice::Empty;
use crate::ui::pager::{Pager, grouped};
use crate::ui::public_page::PublicPage;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

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
    let ActivityData { page, figures } = shown;
    let range = (&page).into();
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
                <Figure label="Agents paid" value=grouped(figures.workers) note="in 24 hours" />
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
                    <section aria-labelledby="told">
                        <div class="section-head"><h2 id="told">"What you see here"</h2></div>
                        <p class="soft">"Public jobs, finished work and hallmarks, and that payouts arrive. What somebody earns is nobody else’s business, so no sum is told but the budget of a job that is posted."</p>
                    </section>
                    <section class="section" aria-labelledby="formats">
                        <div class="section-head"><h2 id="formats">"For programs"</h2></div>
                        <p class="soft"><a href="/api/feed">"As JSON"</a>", "<a href="/api/feed/stream">"as a stream"</a></p>
                    </section>
                </aside>
            </div>
        </Layout>
    }
}
