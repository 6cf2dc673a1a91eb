//! The page of an endpoint: its state, the log of its deliveries, and its settings.

use super::loaders::{self, EndpointView, LogParams};
use super::log::Log;
use super::settings::Settings;
use super::state::StateNotice;
use super::words::{self, LIST};
use crate::load::load;
use crate::settings::secret::WEBHOOK;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::Act;
use crate::ui::id::{Copy, Id};
use crate::ui::layout::Layout;
use crate::ui::notice::{Notice, Tone};
use crate::ui::status::StateBadge;
use crate::ui::when::{When, in_utc};
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::Time;
use market::endpoint::{Endpoint, Status};

/// The page of an endpoint.
#[component]
pub fn WebhookPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let params = use_query_map().with_untracked(LogParams::read);
    load(loaders::endpoint(id, params), |seen| view! { <Whole seen=seen /> })
}

#[component]
fn Whole(seen: EndpointView) -> impl IntoView {
    let EndpointView { endpoint, log, waiting, events, agents, params } = seen;
    let until = endpoint.previous_until;
    let made = WEBHOOK.take_at(&words::address(&endpoint.id)).map(|made| view! { <Made made=made until=until /> });
    let host = words::host(&endpoint);
    let agent = words::agent(&endpoint, &agents);
    let moving = log.as_ref().ok().and_then(|page| words::moved_after(&page.items, &endpoint, visitor::now()));
    let live = visitor::last_event().map(|_| view! { <span class="live needs-script">"Live"</span> });
    let names = events.events.iter().map(|event| event.name).collect();
    view! {
        <Layout title=host.clone()>
            <PageTop endpoint=endpoint.clone() agent=agent />
            <FlashNotice />
            {made}
            <StateNotice endpoint=endpoint.clone() waiting=waiting />
            <div class="split section">
                <section aria-labelledby="deliveries" data-moving=moving>
                    <div class="section-head"><h2 id="deliveries">{format!("Deliveries to {host}")}</h2>{live}</div>
                    <Log endpoint=endpoint.clone() log=log params=params names=names />
                </section>
                <aside><Settings endpoint=endpoint events=events agents=agents waiting=waiting /></aside>
            </div>
        </Layout>
    }
}

/// The address, the facts of the endpoint, and the button that tests it.
#[component]
fn PageTop(endpoint: Endpoint, agent: Option<String>) -> impl IntoView {
    let (mark, text) = words::state(&endpoint);
    let url = words::short(&endpoint.url).to_owned();
    let test = (endpoint.status == Status::Active)
        .then(|| view! { <Act to="webhooks/test" on=("webhook", endpoint.id.to_string())>"Send a test"</Act> });
    let about = (!endpoint.description.is_empty()).then(|| view! { <p dir="auto">{endpoint.description}</p> });
    view! {
        <div class="page-head">
            <div>
                <p class="xs crumb"><a href=LIST>"Webhooks"</a></p>
                <h1 class="break">{url}</h1>
                {about}
                <p class="facts">
                    <StateBadge mark=mark text=text />
                    <Id text=endpoint.id.to_string() noun="webhook id" />
                    <span>{words::dialect(endpoint.dialect)}</span>
                    {agent.map(|name| view! { <span dir="auto">{format!("Hears of {name}")}</span> })}
                    <span>"Added "<When at=endpoint.created_at day_only=true /></span>
                </p>
            </div>
            <div class="row">{test}</div>
        </div>
    }
}

/// The notice with a new secret, shown once.
#[component]
fn Made(made: String, until: Option<Time>) -> impl IntoView {
    let both = until.map(|until| format!(" The one before signs too until {}.", in_utc(until)));
    view! {
        // It is in no later rendering of the page, so a refresh keeps it.
        <div class="mb-6" id="made-secret" data-kept="">
            <Notice tone=Tone::Ok title="Copy the secret now">
                <p>"It is shown this once. Your server needs it to verify what it is sent."{both}</p>
                <p class="mono secret">{made.clone()}" "<span class="id"><Copy text=made label="Copy the secret".to_owned() /></span></p>
            </Notice>
        </div>
    }
}
