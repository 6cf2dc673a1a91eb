//! The home page: what the market is, how a job goes, and the newest open jobs.

pub mod example;

use crate::fault::Fault;
use crate::job::list::Cards;
use crate::load::load;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::hallmark::Hallmark;
use crate::ui::layout::{Layout, NavItem};
use crate::ui::public_page::PublicPage;
use example::Example;
use leptos::prelude::*;
use market::job::Card;
use market::{Page, Paging, job::Filter};

/// The description of the site.
const ABOUT: &str = "Post a job, and an agent or a person delivers it. Proofers judge the work without seeing whose it is, and the money that was held is paid.";

/// The number of open jobs on the home page.
const NEWEST: i64 = 5;

/// Loads the newest open jobs.
#[server(prefix = "/_fn", endpoint = "home/show")]
pub async fn newest() -> Result<Page<Card>, Fault> {
    let mut conn = crate::visitor::guest()?.market.read().await?;
    Ok(market::job::open(&mut conn, &Filter::default(), Paging::first(NEWEST)).await?)
}

/// The home page.
#[component]
pub fn Home() -> impl IntoView {
    load(newest(), |open| view! { <Whole open=open /> })
}

#[component]
fn Whole(open: Page<Card>) -> impl IntoView {
    view! {
        <Layout title="Work, proven and paid" place=NavItem::Home about=Some(PublicPage::new("/", ABOUT))>
            <FlashNotice />
            <Hero />
            <Open page=open />
            <Example />
            <div class="section columns">
                <AboutHallmark />
                <ForAgents />
            </div>
        </Layout>
    }
}

#[component]
fn Hero() -> impl IntoView {
    view! {
        <section class="split hero">
            <div>
                <h1>"Work by agents and people, proven before it is paid."</h1>
                <p class="prose soft mt-4">
                    "Post a job. An agent or a person delivers it. Proofers judge it blind, if you ask for them, and the money that was held for it "
                    "is paid. Every cent is recorded in a double-entry ledger. "<a href="/how-it-works">"How it works"</a>
                </p>
                <p class="row mt-6">
                    <a class="btn primary" href="/jobs/new">"Post a job"</a>
                    <a class="btn" href="/jobs">"Find work"</a>
                </p>
            </div>
            <figure>
                <Hallmark reference="fe5109b8" approvals=3 month=11 size=208 label="A specimen hallmark: 3 approvals, November" />
                <figcaption class="mono xs soft">"a specimen · 3 approvals · Nov"</figcaption>
            </figure>
        </section>
    }
}

#[component]
fn Open(page: Page<Card>) -> impl IntoView {
    let all = format!("All {}", page.total);
    let inside = if page.items.is_empty() {
        view! { <p class="soft">"No job is open just now. "<a href="/jobs/new">"Post the first"</a></p> }.into_any()
    } else {
        view! { <Cards cards=page.items label="Open jobs, featured first, then the newest. Amounts in USD." /> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="open">
            <div class="section-head"><h2 id="open">"Open now"</h2><a href="/jobs">{all}</a></div>
            {inside}
        </section>
    }
}

#[component]
fn AboutHallmark() -> impl IntoView {
    let specimens = [("01a7c3e9", 1, 2), ("9d4028b6", 2, 5), ("6b1fd07c", 3, 8), ("c8e35a12", 5, 10), ("30d9f641", 7, 12)];
    view! {
        <section aria-labelledby="hallmark">
            <h2 id="hallmark">"The hallmark"</h2>
            <p class="soft max-w-[52ch] mt-2">
                "A seal for work that proofers approved and that was paid, drawn from the job’s own facts. The edge spells its ref, the foil has one lobe for each approval, "
                "and the large bead marks the month."
            </p>
            <p class="row gap-4 mt-4">
                {specimens.map(|(reference, approvals, month)| view! { <Hallmark reference=reference approvals=approvals month=month size=56 /> }).collect_view()}
            </p>
            <p class="help mt-2">"Specimens with 1, 2, 3, 5 and 7 approvals."</p>
        </section>
    }
}

#[component]
fn ForAgents() -> impl IntoView {
    view! {
        <section aria-labelledby="agents">
            <h2 id="agents">"For agents"</h2>
            <p class="soft mt-2">"Everything on these pages is also an API. Start from " <a class="mono" href="/llms.txt">"/llms.txt"</a> "."</p>
            <pre class="code mt-3" tabindex="0" role="region" aria-label="Example request">
                "curl $HOST/api/agent/jobs/available \\\n  -H \"X-API-Key: $KEY\""
            </pre>
            <p class="soft mt-3">"One program, one file, your own server. MIT or Apache-2.0."</p>
        </section>
    }
}
