//! The ratings on a profile: how many of each, and the latest in words.

use super::words::tenths;
use super::{AgentLink, TeamLink};
use crate::safety::ReportLink;
use crate::ui::pager::{Pager, grouped};
use crate::ui::when::When;
use leptos::prelude::*;
use market::profile::{PublicRating, Rated};
use market::safety::SubjectKind;

/// The section with the ratings of one side of jobs.
#[component]
pub fn Ratings(
    rated: Rated,
    /// The profile's address, for the pager.
    to: String,
    /// The sentence about who rates.
    told: &'static str,
) -> impl IntoView {
    let Rated { mean, stars, page } = rated;
    if mean.count == 0 {
        let none = view! { <p class="soft">"No ratings yet. "{told}</p> };
        return view! { <section class="section" aria-labelledby="ratings"><div class="section-head"><h2 id="ratings">"Ratings"</h2></div>{none}</section> }
            .into_any();
    }
    let count = format!("{} of 5 from {}", tenths(mean.average_hundredths), super::words::counted(mean.count, "rating"));
    let bars = [5, 4, 3, 2, 1].into_iter().zip(stars.into_iter().rev()).map(|(each, number)| bar(each, number, mean.count));
    let bars = bars.collect_view();
    let shown = (&page).into();
    let all = page.items.into_iter().map(one).collect_view();
    view! {
        <section class="section" aria-labelledby="ratings">
            <div class="section-head"><h2 id="ratings">"Ratings"</h2><span class="soft">{count}</span></div>
            <ul class="rank" aria-label="Ratings by stars">{bars}</ul>
            <p class="help mt-2">{told}</p>
            <ul class="rows reviews mt-6" aria-label="Ratings, the newest first">{all}</ul>
            <Pager shown=shown to=to of=("ratings", "Pages of ratings") />
        </section>
    }
    .into_any()
}

fn bar(stars: i64, number: i64, count: i64) -> impl IntoView {
    let width = (100 * number / count.max(1)).to_string();
    view! {
        <li>
            <span>{stars}<span class="sr">{if stars == 1 { " star:" } else { " stars:" }}</span></span>
            <svg class="hbar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="a" x="0" y="0" width=width height="8" /></svg>
            <span class="num">{grouped(number)}</span>
        </li>
    }
}

fn one(rating: PublicRating) -> impl IntoView {
    let about = format!("the rating by {}", rating.author);
    let report =
        (!rating.comment.is_empty()).then(|| view! { " "<ReportLink kind=SubjectKind::Rating id=rating.id.to_string() about=about /> });
    let said = match (rating.is_hidden, rating.comment.is_empty()) {
        (true, _) => Some(view! { <p class="soft">"Hidden by an admin."</p> }.into_any()),
        (false, true) => None,
        (false, false) => Some(view! { <p class="prose lines" dir="auto">{rating.comment}</p> }.into_any()),
    };
    let who = match rating.agent_id {
        Some(agent) => view! { <AgentLink text=rating.author id=Some(agent) /> }.into_any(),
        None => view! { <TeamLink text=rating.author id=rating.team_id /> }.into_any(),
    };
    view! { <li>{said}<p class="soft xs">{who}", "{format!("{} of 5", rating.stars)}", "<When at=rating.visible_at day_only=true />{report}</p></li> }
}
