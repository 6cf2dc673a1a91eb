//! The settings of an endpoint: its secret, its address and events, sending again, and its end.

use super::fields::{AgentField, EventFields};
use super::loaders::{Choice, DialectEvents};
use crate::ui::confirm::Confirm;
use crate::ui::field::{Field, Select};
use crate::ui::form::{Act, Form, Submit};
use crate::ui::permission::{Refused, refusal, scopes};
use crate::ui::when::in_utc;
use crate::visitor;
use leptos::prelude::*;
use market::delivery::Which;
use market::endpoint::{DESCRIPTION_MAX, Endpoint, Status};
use market::{Duration, Time};

/// The settings beside the log; a member whose role may not write reads who may.
#[component]
pub fn Settings(endpoint: Endpoint, events: DialectEvents, agents: Vec<Choice>, waiting: i64) -> impl IntoView {
    if let Some(error) = refusal(scopes("webhooks/update")) {
        return view! { <h2 class="mb-2">"Settings"</h2><Refused error=error /> }.into_any();
    }
    view! {
        <Secret endpoint=endpoint.clone() />
        <Edit endpoint=endpoint.clone() events=events agents=agents />
        {(endpoint.status == Status::Active).then(|| view! { <Again endpoint=endpoint.clone() /> })}
        <Danger endpoint=endpoint.clone() waiting=waiting />
    }
    .into_any()
}

#[component]
fn Secret(endpoint: Endpoint) -> impl IntoView {
    let previous = endpoint.previous_until.filter(|until| *until > visitor::now());
    let both = previous.map(|until| view! { <p class="soft">{format!("The secret before it signs too until {}.", in_utc(until))}</p> });
    let ends = previous.map(|_| view! { <p class="soft">"The one before the present one stops at once."</p> });
    view! {
        <section aria-labelledby="secret">
            <div class="section-head"><h2 id="secret">"Secret"</h2></div>
            <p class="soft">"It signs every delivery. It was shown once, and can’t be shown again."</p>
            {both}
            <div class="row mt-3">
                <Confirm id="rotate-secret" to="webhooks/rotate" on=("webhook", endpoint.id.to_string()) ask="Rotate the secret" class="btn"
                    danger=false question="Rotate the secret?" act="Rotate the secret" keep="Keep it">
                    <p class="soft">"The new one is shown once. The present one signs too for 24 hours, so nothing is lost meanwhile."</p>
                    {ends}
                    <Field name="secret" label="A secret of your own" kind="password" optional=true autocomplete="off"
                        help="Leave it empty to get a new one." />
                </Confirm>
            </div>
        </section>
    }
}

#[component]
fn Edit(endpoint: Endpoint, events: DialectEvents, agents: Vec<Choice>) -> impl IntoView {
    let heard = super::words::heard(&endpoint.events);
    let of = format!("{heard} of {}", events.events.len());
    let of = if heard == "All" { heard } else { of };
    view! {
        <section class="section" aria-labelledby="hears">
            <div class="section-head"><h2 id="hears">"Address and events"</h2><span class="soft">{of}</span></div>
            <Form to="webhooks/update" only=("webhook", endpoint.id.to_string())>
                <Field name="url" label="Address" kind="url" value=endpoint.url />
                <Field name="description" label="Description" value=endpoint.description optional=true max=DESCRIPTION_MAX />
                <AgentField agents=agents bound=endpoint.agent_id />
                <EventFields dialects=vec![events] heard=endpoint.events />
                <div><Submit>"Save"</Submit></div>
            </Form>
        </section>
    }
}

/// The form that sends the events of a time again: since it fails, or those of the last day.
#[component]
fn Again(endpoint: Endpoint) -> impl IntoView {
    let since = endpoint.failing_since.unwrap_or_else(|| visitor::now().before(Duration::hours(24)));
    let pair = |which: Which, text: &str| (which.as_str().to_owned(), text.to_owned());
    let which = vec![pair(Which::Failed, "Those that were not delivered"), pair(Which::All, "All of them")];
    view! {
        <section class="section" aria-labelledby="again">
            <div class="section-head"><h2 id="again">"Replay"</h2></div>
            <Form to="webhooks/replay" only=("webhook", endpoint.id.to_string())>
                <Field name="since" label="Since, in UTC" kind="datetime-local" value=minutes(since) help="30 days back at most." />
                <Field name="until" label="Until, in UTC" kind="datetime-local" optional=true help="Leave it empty for now." />
                <Select name="which" label="Deliveries" options=which value=Which::Failed.as_str()
                    help="Each keeps its id, so your server knows what it has." />
                <div><Submit class="btn">"Replay"</Submit></div>
            </Form>
        </section>
    }
}

/// Formats a time as browsers read it, to the minute.
fn minutes(at: Time) -> String {
    at.to_string().chars().take(16).collect()
}

#[component]
fn Danger(endpoint: Endpoint, waiting: i64) -> impl IntoView {
    let on = ("webhook", endpoint.id.to_string());
    let disable = (endpoint.status == Status::Active).then(|| {
        view! {
            <li>
                <div><p><b>"Disable it"</b></p><p>"Nothing is sent, and what waits is kept for 30 days."</p></div>
                <Act to="webhooks/disable" on=on.clone()>"Disable"</Act>
            </li>
        }
    });
    let lost = if waiting == 0 { "Its log is deleted." } else { "Its log is deleted, and what waits is never sent." };
    view! {
        <section class="section" aria-labelledby="danger">
            <h2 id="danger" class="mb-2">"Danger"</h2>
            <ul class="danger-zone">
                {disable}
                <li>
                    <div><p><b>"Delete the endpoint"</b></p><p>{lost}</p></div>
                    <Confirm id="delete-webhook" to="webhooks/delete" on=on ask="Delete"
                        question="Delete this endpoint?" act="Delete" keep="Keep it">
                        <p class="soft">{lost}" This can’t be undone."</p>
                    </Confirm>
                </li>
            </ul>
        </section>
    }
}
