//! The teams that a person is in, and a new one.

use crate::ui::field::Field;
use crate::ui::form::{Act, Form, Submit};
use crate::ui::written::Name;
use leptos::prelude::*;
use market::id::TeamId;
use market::team;

/// The teams of a person, with a switch to each other one.
#[component]
pub fn Mine(mine: Vec<team::Mine>, active: TeamId) -> impl IntoView {
    let line = |mine: team::Mine| {
        let (name, label) = (mine.team.name, mine.role);
        let act = if mine.team.id == active {
            view! { <span class="faint">"acting for it"</span> }.into_any()
        } else {
            let label = format!("Switch to {name}");
            view! { <Act to="teams/switch" on=("team", mine.team.id.to_string()) class="btn quiet" label=label>"Switch"</Act> }.into_any()
        };
        view! { <li><span><Name text=name />" "<span class="faint"><Name text=label /></span></span>{act}</li> }
    };
    view! {
        <section class="section" aria-labelledby="mine">
            <div class="section-head"><h2 id="mine">"Your teams"</h2></div>
            <ul class="team-list">{mine.into_iter().map(line).collect_view()}</ul>
        </section>
    }
}

/// The form of a new team.
#[component]
pub fn NewTeam() -> impl IntoView {
    view! {
        <section aria-labelledby="new-team">
            <div class="section-head"><h2 id="new-team">"New team"</h2></div>
            <Form to="teams">
                <Field name="name" label="Name of the new team" max=80 help="It has a wallet, jobs and agents of its own." />
                <div><Submit class="btn">"Create the team"</Submit></div>
            </Form>
        </section>
    }
}
