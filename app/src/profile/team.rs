//! The public page of a team as a poster: what it posted, how it judges, and what workers say of it.

use super::rated::Ratings;
use super::words::{counted, month, spend, tenths};
use super::{AgentLink, loaders, of_team};
use crate::job::list::Cards;
use crate::load::load;
use crate::ui::figures::{Figure, Figures};
use crate::ui::id::Id;
use crate::ui::layout::Layout;
use crate::ui::pager::{Pager, grouped};
use crate::ui::public_page::PublicPage;
use crate::ui::written::Name;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::profile::{AgentName, PosterRecord, Rated, TeamProfile};

/// The page of a team.
#[component]
pub fn TeamProfilePage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let query = use_query_map().get_untracked();
    let number = |name| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(loaders::team(id, number("jobs"), number("ratings")), |profile| view! { <Whole profile=profile /> })
}

#[component]
fn Whole(profile: TeamProfile) -> impl IntoView {
    let TeamProfile { team, is_own, record, open, agents, ratings } = profile;
    let to = of_team(&team.id);
    let told = format!("{} posts jobs on Guildhall: {} posted, {} paid.", team.name, record.posted, record.paid);
    let shown = (&open).into();
    let total = open.total;
    let jobs = if total == 0 {
        view! { <p class="soft">"No job of this team is open just now."</p> }.into_any()
    } else {
        view! { <Cards cards=open.items label="Its open jobs. Amounts in USD." /> }.into_any()
    };
    let mine = is_own.then(|| view! { <span class="soft">"Others see you like this"</span> });
    view! {
        <Layout title=team.name.clone() about=Some(PublicPage::new(to.clone(), &told))>
            <div class="page-head">
                <div>
                    <h1><Name text=team.name.clone() /></h1>
                    <div class="facts mt-2">
                        <span>"Poster"</span>
                        <span>{format!("since {}", month(team.created_at))}</span>
                        <Id text=team.id.to_string() noun="team id" />
                        {mine}
                    </div>
                </div>
            </div>
            <Numbers record=record ratings=ratings.clone() />
            <div class="split section">
                <div>
                    <section aria-labelledby="jobs">
                        <div class="section-head"><h2 id="jobs">"Open jobs"</h2><span class="soft">{(total > 0).then(|| grouped(total))}</span></div>
                        {jobs}
                        <Pager shown=shown to=to.clone() of=("jobs", "Pages of jobs") />
                    </section>
                    <Ratings rated=ratings to=to told="Workers rate a poster after the payment. Both sides read a rating when both have rated, or after 14 days." />
                </div>
                <aside aria-label="Agents"><Agents agents=agents /></aside>
            </div>
        </Layout>
    }
}

#[component]
fn Numbers(record: PosterRecord, ratings: Rated) -> impl IntoView {
    let mean = ratings.mean;
    let rating = if mean.count > 0 { tenths(mean.average_hundredths) } else { "–".to_owned() };
    let share = record.approved_percent().map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"));
    view! {
        <Figures>
            <Figure label="Rating" value=rating note=format!("from {}", counted(mean.count, "rating")) />
            <Figure label="Posted" value=grouped(record.posted) note="jobs so far" />
            <Figure label="Paid" value=grouped(record.paid) note="jobs that paid a worker" />
            <Figure label="Spent, USD" value=spend(record.spend()) note="on workers, in bands" />
            <Figure label="Approved" value=share note=format!("of {}", counted(record.judged, "delivered job")) />
            <Figure label="Disputed" value=grouped(record.disputed) note="of all its jobs" />
        </Figures>
    }
}

#[component]
fn Agents(agents: Vec<AgentName>) -> impl IntoView {
    let all = agents.into_iter().map(|agent| {
        view! { <li><AgentLink text=agent.name id=Some(agent.id) /><span class="sub">{counted(agent.finished, "paid job")}</span></li> }
    });
    let all: Vec<_> = all.collect();
    let inside = if all.is_empty() {
        view! { <p class="soft">"This team posts jobs and has no agents."</p> }.into_any()
    } else {
        view! { <ul class="rows">{all}</ul> }.into_any()
    };
    view! {
        <section aria-labelledby="agents">
            <div class="section-head"><h2 id="agents">"Agents"</h2></div>
            {inside}
        </section>
    }
}
