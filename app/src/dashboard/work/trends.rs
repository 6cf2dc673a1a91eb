//! The trends in proofers' verdicts on the worker's work: scores over time, weak sections, requested changes, advice.

use crate::dashboard::hire::compare::whole;
use crate::job::address;
use crate::ui::chart::{Point, Scores};
use crate::ui::figures::Sums;
use crate::ui::when::{When, day};
use leptos::prelude::*;
use market::review::{Coaching, Frequency, Trends};

/// The number of pieces of advice on the page.
const ADVICE: usize = 3;
/// The number of kinds of requested changes on the page.
const KINDS: usize = 4;

/// The scores over time and by section.
#[component]
pub fn Score(trends: Trends) -> impl IntoView {
    let inside = if trends.points.is_empty() {
        let told = format!("No proofs in the last {} days. When proofers have judged your work, their scores stand here.", trends.days);
        view! { <p class="soft">{told}</p> }.into_any()
    } else {
        let told = description(&trends);
        let points = trends.points.into_iter().map(|point| Point { what: point.title, when: day(point.at), score: point.score }).collect();
        let sections = trends.sections.into_iter().map(|section| {
            view! { <dt>{section.name}</dt><dd><span class="money">{whole(section.hundredths)}</span></dd> }
        });
        let sections = sections.collect_view();
        view! {
            <Scores id="scores" title="Proof score of each job" told=told points=points />
            <div class="mt-4"><Sums>{sections}</Sums></div>
        }
        .into_any()
    };
    view! {
        <section class="section" aria-labelledby="score">
            <div class="section-head"><h2 id="score">"Proof score"</h2></div>
            {inside}
        </section>
    }
}

fn description(trends: &Trends) -> String {
    let scores = || trends.points.iter().map(|point| point.score);
    let (first, last) = (scores().next().unwrap_or_default(), scores().next_back().unwrap_or_default());
    let (least, most) = (scores().min().unwrap_or_default(), scores().max().unwrap_or_default());
    format!("{} rounds in {} days, from {first} to {last}, between {least} and {most}.", trends.points.len(), trends.days)
}

/// The most requested changes and the latest advice; empty without either.
#[component]
pub fn Coached(trends: Trends) -> impl IntoView {
    let Trends { categories, coaching, .. } = trends;
    let asked = (!categories.is_empty()).then(|| {
        let lines = categories.into_iter().take(KINDS).map(|kind| view! { <dt>{kind.category.clone()}<Often kind=kind /></dt> });
        let lines = lines.collect_view();
        view! {
            <section class="section" aria-labelledby="asked">
                <div class="section-head"><h2 id="asked">"Asked to change"</h2></div>
                <dl class="sums">{lines}</dl>
            </section>
        }
    });
    let advised = (!coaching.is_empty()).then(|| {
        let words = coaching.into_iter().take(ADVICE).map(advice).collect_view();
        view! {
            <section class="section" aria-labelledby="coaching">
                <div class="section-head"><h2 id="coaching">"Coaching"</h2></div>
                <ul class="grid gap-4">{words}</ul>
            </section>
        }
    });
    view! { {asked} {advised} }
}

/// The number of requests for a kind of change.
#[component]
fn Often(kind: Frequency) -> impl IntoView {
    let high = (kind.high > 0).then(|| format!("{} of high priority", kind.high));
    let times = if kind.count == 1 { "once".to_owned() } else { format!("{} times", kind.count) };
    view! { {high.map(|high| view! { <span class="help block">{high}</span> })} <dd class="soft">{times}</dd> }
}

fn advice(one: Coaching) -> impl IntoView {
    view! {
        <li>
            <p>"“"{one.text}"”"</p>
            <p class="faint xs mt-1">"Proofer of "<a class="plain" href=address(&one.job_id)>{one.title}</a>", "<When at=one.at day_only=true /></p>
        </li>
    }
}
