//! The ratings on the page of a completed job.

use super::actions;
use crate::profile::{AgentLink, TeamLink};
use crate::safety::ReportLink;
use crate::ui::field::TextArea;
use crate::ui::form::{Form, Submit, typed};
use crate::ui::group::Group;
use crate::ui::when::{When, day};
use leptos::prelude::*;
use market::job::{Role, View};
use market::party::Party;
use market::rating::{Rating, Ratings as Given};
use market::safety::SubjectKind;
use std::sync::Arc;

/// The section with the ratings, for the two sides of a completed job.
#[component]
pub fn Ratings(view: Arc<View>, given: Option<Given>) -> impl IntoView {
    let given = given?;
    let side = if view.role == Role::Poster { Party::Poster } else { Party::Worker };
    let other = match side {
        Party::Poster => view.worker.clone().unwrap_or_else(|| "the worker".to_owned()),
        Party::Worker => view.poster.clone(),
    };
    let by = |side| given.items.iter().find(|rating| rating.side == side).cloned();
    let (own, theirs) = (by(side), by(side.other()));
    let waits = given.until.filter(|_| theirs.is_none());
    let told = match (&own, waits) {
        (_, None) => None,
        (_, Some(until)) if until <= crate::visitor::now() => Some(format!("{other} did not rate you.")),
        (Some(_), Some(until)) => Some(format!("What {other} says of you is hidden until both have rated, or {}.", day(until))),
        (None, Some(until)) => Some(format!("What you both say is hidden until both have rated, or {}.", day(until))),
    };
    let form = given.may_rate.then(|| view! { <Rate view=view.clone() other=other.clone() /> });
    let missed = (own.is_none() && !given.may_rate).then(|| view! { <p class="soft">{format!("You did not rate {other}.")}</p> });
    let said: Vec<_> = theirs.into_iter().map(|rating| (rating, false)).chain(own.map(|rating| (rating, true))).collect();
    let said = (!said.is_empty()).then(|| {
        let all = said.into_iter().map(|(rating, mine)| view! { <One view=view.clone() rating=rating mine=mine /> });
        view! { <ul class="items">{all.collect_view()}</ul> }
    });
    Some(view! {
        <section class="section" aria-labelledby="ratings">
            <div class="section-head"><h2 id="ratings">"Ratings"</h2></div>
            {said}
            {missed}
            {told.map(|told| view! { <p class="soft mt-2 mb-4">{told}</p> })}
            {form}
        </section>
    })
}

#[component]
fn One(view: Arc<View>, rating: Rating, mine: bool) -> impl IntoView {
    let who = if mine { "your rating, " } else { "of you, " };
    let author = match rating.side {
        Party::Poster => view! { <TeamLink text=rating.author id=view.job.team_id.clone() /> }.into_any(),
        Party::Worker => view! { <AgentLink text=rating.author id=view.job.agent_id.clone() /> }.into_any(),
    };
    let hidden = rating.is_hidden.then(|| view! { <span class="soft xs">"An admin hid these words from others."</span> });
    let report = (!mine && !rating.is_hidden && !rating.comment.is_empty())
        .then(|| view! { <ReportLink kind=SubjectKind::Rating id=rating.id.to_string() about="the words of this rating" /> });
    let said = (!rating.comment.is_empty()).then(|| view! { <span class="said" dir="auto">{rating.comment}</span> });
    view! {
        <li>
            <b>{author}</b>" "
            <span class="soft xs">{who}<When at=rating.created_at day_only=true /></span>
            <span class="said"><b>{format!("{} of 5", rating.stars)}</b></span>
            {said}
            {hidden}
            {report}
        </li>
    }
}

#[component]
fn Rate(view: Arc<View>, other: String) -> impl IntoView {
    view! {
        <Form to=actions::RATE only=("job", view.job.id.to_string()) class="form narrow">
            <Stars label=format!("Stars for {other}") />
            <TextArea name="comment" label="In words" rows=3 max=2_000 optional=true help="Given once; it can’t be changed. Once both sides may read it, it stands on their profile." />
            <div><Submit class="btn">"Rate"</Submit></div>
        </Form>
    }
}

#[component]
fn Stars(label: String) -> impl IntoView {
    let chosen = typed("stars");
    let all = (1..=5_i64).map(move |stars| {
        let name = if stars == 1 { "1 star, the worst".to_owned() } else if stars == 5 { "5 stars, the best".to_owned() } else { format!("{stars} stars") };
        let checked = chosen.as_deref() == Some(&*stars.to_string());
        view! { <label class="check"><input type="radio" name="stars" value=stars.to_string() checked=checked aria-label=name />{stars}</label> }
    });
    view! { <Group name="stars" label=label help="1 is the worst, 5 the best."><div class="row gap-6">{all.collect_view()}</div></Group> }
}
