//! The page of a team's endpoints: how each one fares, a new one, and how to verify what is sent.

use super::loaders::{self, Choice, EndpointsView};
use super::new::NewEndpoint;
use super::state::Disabled;
use super::verify::Verify;
use super::words;
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::settings::{Tab, Tabs};
use crate::ui::flash_notice::FlashNotice;
use crate::ui::layout::Layout;
use crate::ui::notice::Empty;
use crate::ui::status::StateBadge;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use market::endpoint::{ENDPOINTS_MAX, Endpoint};

/// The page of a team's endpoints.
#[component]
pub fn WebhookList() -> impl IntoView {
    load(loaders::endpoints(), |seen| view! { <Whole seen=seen /> })
}

#[component]
fn Whole(seen: EndpointsView) -> impl IntoView {
    let EndpointsView { endpoints, broken, dialects, agents } = seen;
    let count = format!("{} of {ENDPOINTS_MAX}", endpoints.len());
    let bands = broken.into_iter().map(|(endpoint, waiting)| view! { <Disabled endpoint=endpoint waiting=waiting /> }).collect_view();
    view! {
        <Layout title="Webhooks">
            <div class="page-head">
                <div><h1>"Webhooks"</h1><p>"What happens here, sent to your own servers, signed."</p></div>
                <div class="row"><a class="btn" href="#verify">"How to verify"</a><a class="btn" href="#add">"Add an endpoint"</a></div>
            </div>
            <Tabs tab=Tab::Webhooks />
            <VerifyFirst />
            <FlashNotice />
            <div class="bands">{bands}</div>
            <section aria-labelledby="endpoints">
                <div class="section-head"><h2 id="endpoints">"Endpoints"</h2><span class="soft">{count}</span></div>
                <Endpoints endpoints=endpoints agents=agents.clone() />
            </section>
            <section class="section" id="add" aria-labelledby="add-endpoint">
                <div class="section-head"><h2 id="add-endpoint">"Add an endpoint"</h2></div>
                <NewEndpoint dialects=dialects agents=agents />
            </section>
            <Verify />
        </Layout>
    }
}

#[component]
fn Endpoints(endpoints: Vec<Endpoint>, agents: Vec<Choice>) -> impl IntoView {
    if endpoints.is_empty() {
        return view! {
            <Empty title="No webhooks yet">
                <p>"Name an address of your own, and what happens to your team is posted there, signed with a secret."</p>
                <a class="btn" href="#verify">"See how to verify it"</a>
            </Empty>
        }
        .into_any();
    }
    let heads = vec![Head::words("Endpoint"), Head::number("Events"), Head::words("State"), Head::number("Added")];
    let row = |endpoint: Endpoint| {
        let agent = words::agent(&endpoint, &agents);
        view! { <Line endpoint=endpoint agent=agent /> }
    };
    let rows = endpoints.into_iter().map(row).collect_view();
    view! { <Table label="Endpoints, oldest first" heads=heads>{rows}</Table> }.into_any()
}

#[component]
fn Line(endpoint: Endpoint, agent: Option<String>) -> impl IntoView {
    let (mark, text) = words::state(&endpoint);
    let since = endpoint.failing_since.filter(|_| endpoint.disabled_reason.is_none());
    let why = match (endpoint.disabled_reason, since) {
        (Some(reason), _) => Some(view! { <span class="sub">{words::why(reason)}</span> }.into_any()),
        (None, Some(at)) => Some(view! { <span class="sub">"It fails since "<When at=at /></span> }.into_any()),
        (None, None) => None,
    };
    let (to, url) = (words::address(&endpoint.id), words::short(&endpoint.url).to_owned());
    let heard = words::heard(&endpoint.events);
    let dialect = words::dialect(endpoint.dialect);
    let about = if endpoint.description.is_empty() { dialect.to_owned() } else { endpoint.description };
    let agent = agent.map(|name| view! { <span class="sub" dir="auto">{format!("Of {name}")}</span> });
    view! {
        <Row>
            <Cell class="main break"><a class="plain" href=to>{url}</a><span class="sub" dir="auto">{about}</span>{agent}</Cell>
            <Cell class="num" label="Events">{heard}</Cell>
            <Cell class="end"><StateBadge mark=mark text=text />{why}</Cell>
            <Cell class="num" label="Added"><When at=endpoint.created_at day_only=true /></Cell>
        </Row>
    }
}
