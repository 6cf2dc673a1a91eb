//! The public page of an agent: what it says of itself, what it did, and what others say of that.

use super::rated::Ratings;
use super::words::{counted, level, month, tenths};
use super::{TeamLink, loaders, of_agent};
use crate::hallmark::stamp::Stamp;
use crate::job::{address, category, reference};
use crate::job_invitation::hire::{Hire, ToOpenJob};
use crate::load::load;
use crate::safety::ReportLink;
use crate::safety::notice::HiddenNotice;
use crate::ui::figures::{Figure, Figures};
use crate::ui::flash_notice::FlashNotice;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::id::Id;
use crate::ui::layout::Layout;
use crate::ui::pager::{Pager, grouped};
use crate::ui::public_page::PublicPage;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::ui::written::{Name, Prose};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::Page;
use market::agent::{Agent, Kind, Status};
use market::job::Card;
use market::preference::Availability;
use market::profile::{AgentProfile, AgentRecord, Attestation, FinishedJob, Level, Rated, Skill};
use market::safety::SubjectKind;

/// The page of an agent.
#[component]
pub fn AgentPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let query = use_query_map().get_untracked();
    let number = |name| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(loaders::agent(id, number("jobs"), number("ratings")), |(profile, open)| view! { <Whole profile=profile open=open /> })
}

#[component]
fn Whole(profile: AgentProfile, open: Vec<Card>) -> impl IntoView {
    let hires = profile.takes_invitations();
    let AgentProfile { agent, team, is_own, record, skills, words, availability, jobs, ratings } = profile;
    let to = of_agent(&agent.id);
    let told = description(&agent, &record);
    let latest = jobs.items.iter().find_map(|job| job.hallmark.clone());
    let edit = is_own.then(|| view! { <div class="row"><a class="btn" href=format!("{to}/edit")>"Edit the profile"</a></div> });
    let hire = hires.then(|| view! { <div class="row"><Hire agent=agent.id.clone() name=agent.name.clone() /></div> });
    view! {
        <Layout title=agent.name.clone() about=Some(PublicPage::new(to.clone(), &told))>
            <div class="page-head">
                <div>
                    <p class="crumb soft">{agent.specializations.iter().map(|&kind| category(kind)).collect::<Vec<_>>().join(", ")}</p>
                    <h1 class="hm-title"><Name text=agent.name.clone() />{latest.map(|hallmark| view! { <Stamp hallmark=hallmark /> })}</h1>
                    <Facts agent=agent.clone() team=team availability=availability />
                </div>
                {edit}
                {hire}
            </div>
            {agent.hidden_at.map(|_| view! { <HiddenNotice noun="agent" meanwhile="It takes no new work." is_own=is_own /> })}
            <FlashNotice />
            <ToOpenJob agent=agent.clone() open=open />
            <Numbers record=record ratings=ratings.clone() />
            <div class="split section">
                <div>
                    <About agent=agent.clone() is_own=is_own />
                    <Finished jobs=jobs to=to.clone() />
                    <Ratings rated=ratings to=to told="Posters rate a worker after the payment. Both sides read a rating when both have rated, or after 14 days." />
                </div>
                <aside aria-label="Skills">
                    <Skills skills=skills words=words />
                    {(!is_own).then(|| view! { <p class="mt-6"><ReportLink kind=SubjectKind::Agent id=agent.id.to_string() about="this agent" /></p> })}
                </aside>
            </div>
        </Layout>
    }
}

#[component]
fn Facts(agent: Agent, team: String, availability: Availability) -> impl IntoView {
    let kind = match agent.kind {
        Kind::Agent => "Agent of ",
        Kind::Person => "Person, ",
    };
    let takes = match agent.status {
        Status::Active if availability == Availability::Busy => {
            view! { <span class="soft">"Busy: takes little new work"</span> }.into_any()
        }
        Status::Active if availability == Availability::Away => {
            view! { <span class="soft">"Away: looks for no work now"</span> }.into_any()
        }
        Status::Active => view! { <span class="status" data-tone="ok"><Icon glyph=Glyph::Tick />"Takes work"</span> }.into_any(),
        Status::Paused => view! { <span class="soft">"Takes no new work"</span> }.into_any(),
        Status::Retired => view! { <span class="soft">"Retired"</span> }.into_any(),
    };
    let made = made_of(agent.model, agent.framework);
    view! {
        <div class="facts mt-2">
            <span>{kind}<TeamLink text=team id=agent.team_id /></span>
            {takes}
            {made.map(|made| view! { <span>{made}</span> })}
            <span>{format!("since {}", month(agent.created_at))}</span>
            <Id text=agent.id.to_string() noun="agent id" />
        </div>
    }
}

/// Tells how an agent is made, in its owner's words: `llama-4 with langchain`.
fn made_of(model: Option<String>, framework: Option<String>) -> Option<String> {
    match (model, framework) {
        (Some(model), Some(framework)) => Some(format!("{model} with {framework}")),
        (model, framework) => model.or(framework),
    }
}

#[component]
fn Numbers(record: AgentRecord, ratings: Rated) -> impl IntoView {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let mean = ratings.mean;
    let rating = or_dash((mean.count > 0).then(|| tenths(mean.average_hundredths)));
    let on_time = record.on_time_percent().map_or_else(|| "none yet".to_owned(), |percent| format!("{percent} % on time"));
    view! {
        <Figures>
            <Figure label="Rating" value=rating note=format!("from {}", counted(mean.count, "rating")) />
            <Figure label="Finished" value=grouped(record.finished) note=on_time />
            <Figure label="Proof average" value=or_dash(record.score().map(|score| score.to_string())) note="0 to 100, all reviewed jobs" />
            <Figure label="Hallmarks" value=grouped(record.hallmarks) note="anybody can check them" />
            <Figure label="Disputed" value=grouped(record.disputed) note="of all its jobs" />
            <Figure label="Proofs given" value=grouped(record.proofed) note="verdicts on others’ work" />
        </Figures>
    }
}

#[component]
fn About(agent: Agent, is_own: bool) -> impl IntoView {
    let said = match (agent.bio.is_empty(), is_own) {
        (false, _) => view! { <Prose text=agent.bio /> }.into_any(),
        (true, true) => {
            view! { <p class="soft">"Nothing yet. "<a href=format!("{}/edit", of_agent(&agent.id))>"Say what you do well"</a></p> }
                .into_any()
        }
        (true, false) => view! { <p class="soft">"It says nothing of itself."</p> }.into_any(),
    };
    view! {
        <section aria-labelledby="about">
            <div class="section-head"><h2 id="about">"About"</h2></div>
            {said}
        </section>
    }
}

#[component]
fn Skills(skills: Vec<Skill>, words: Vec<Attestation>) -> impl IntoView {
    let all = skills.into_iter().map(|skill| {
        let evidence = evidence(skill.level(), skill.jobs, skill.hallmarks, skill.score());
        let last = skill.last_at.map(|at| view! { ", last "<When at=at day_only=true /> });
        view! { <li><span class="level"><Steps level=skill.level() /><b>{category(skill.category)}</b></span><span class="sub">{level(skill.level())}": "{evidence}{last}</span></li> }
    });
    let words = words.into_iter().map(|one| {
        let evidence = evidence(one.level, one.jobs, one.hallmarks, one.score);
        view! { <li><span class="level"><Steps level=one.level /><b dir="auto">{one.skill}</b></span><span class="sub">{level(one.level)}": "{evidence}</span></li> }
    });
    view! {
        <section aria-labelledby="skills">
            <div class="section-head"><h2 id="skills">"Skills"</h2></div>
            <ul class="rows">{all.collect_view()}{words.collect_view()}</ul>
            <p class="help mt-2">"Said: its owner says so. Worked: it was paid for such a job. Proven: proofers approved such work without knowing whose it was."</p>
        </section>
    }
}

/// Tells the counts behind a level: `4 paid jobs, 2 hallmarks, mean 91`.
fn evidence(level: Level, jobs: i64, hallmarks: i64, score: Option<i64>) -> String {
    let paid = counted(jobs, "paid job");
    match (level, score) {
        (Level::Proven, Some(score)) => format!("{paid}, {}, mean {score}", counted(hallmarks, "hallmark")),
        (Level::Said, _) => "by its owner".to_owned(),
        _ => paid,
    }
}

/// The drawing of a level; the word beside it says the same.
#[component]
fn Steps(level: Level) -> impl IntoView {
    let on = match level {
        Level::Said => 1,
        Level::Worked => 2,
        Level::Proven => 3,
    };
    let box_at = |n: i32| view! { <rect class=(n < on).then_some("on") x=format!("{}.5", 12 * n) y="0.5" width="9" height="7" /> };
    view! { <svg viewBox="0 0 34 8" aria-hidden="true">{[0, 1, 2].map(box_at).collect_view()}</svg> }
}

#[component]
fn Finished(jobs: Page<FinishedJob>, to: String) -> impl IntoView {
    let shown = (&jobs).into();
    let total = jobs.total;
    let inside = if total == 0 {
        view! { <p class="soft">"No job was paid yet."</p> }.into_any()
    } else {
        let heads =
            vec![Head::words("Job"), Head::number("Ended"), Head::number("Proof"), Head::number("Rating"), Head::number("Hallmark")];
        let rows = jobs.items.into_iter().map(finished).collect_view();
        view! { <Table class="table fold pairs" label="Finished jobs, the last one first" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="jobs">
            <div class="section-head"><h2 id="jobs">"Finished jobs"</h2><span class="soft">{(total > 0).then(|| grouped(total))}</span></div>
            {inside}
            <Pager shown=shown to=to of=("jobs", "Pages of jobs") />
        </section>
    }
}

fn finished(job: FinishedJob) -> impl IntoView {
    let or_dash = |number: Option<i64>| number.map_or_else(|| "–".to_owned(), |number| number.to_string());
    // Without its title a job is named by its category already.
    let kind = job.title.as_ref().map(|_| format!("{} · ", category(job.category)));
    let title = match job.title {
        Some(title) => view! { <a class="plain" href=address(&job.job_id) dir="auto">{title}</a> }.into_any(),
        None => view! { <span>{category(job.category)}" job"</span> }.into_any(),
    };
    let seal = match job.hallmark {
        Some(hallmark) => view! { <span class="hm"><Stamp hallmark=hallmark /></span> }.into_any(),
        None => "–".into_any(),
    };
    view! {
        <Row>
            <Cell class="main">{title}<span class="sub">{kind}<span class="mono">{reference(&job.job_id)}</span></span></Cell>
            <Cell class="num end"><When at=job.closed_at day_only=true /></Cell>
            <Cell class="num" label="Proof">{or_dash(job.score)}</Cell>
            <Cell class="num" label="Rating">{or_dash(job.stars)}</Cell>
            <Cell class="num" label="Hallmark">{seal}</Cell>
        </Row>
    }
}

fn description(agent: &Agent, record: &AgentRecord) -> String {
    let kinds: Vec<_> = agent.specializations.iter().map(|&kind| category(kind)).collect();
    format!("{}: {}. {} paid, {}.", agent.name, kinds.join(", "), counted(record.finished, "job"), counted(record.hallmarks, "hallmark"))
}
