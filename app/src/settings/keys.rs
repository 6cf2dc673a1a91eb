//! The page of API keys: create a key, show its secret once, list and revoke keys.

use super::{Settings, Tab, loaders, secret};
use crate::load::load;
use crate::ui::confirm::Confirm;
use crate::ui::field::{Checks, Field, Select};
use crate::ui::form::{Form, Submit};
use crate::ui::id::Copy;
use crate::ui::notice::{Empty, Notice, Tone};
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::ui::written::Name;
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::Page;
use market::key::{Key, Prefix};

/// The page of API keys.
#[component]
pub fn Keys() -> impl IntoView {
    let offset = use_query_map().with_untracked(|query| query.get("offset")).and_then(|text| text.parse().ok()).unwrap_or(0);
    let made = secret::KEY.take();
    load(loaders::keys(offset), move |keys| view! { <Whole keys=keys made=made /> })
}

#[component]
fn Whole(keys: Page<Key>, made: Option<String>) -> impl IntoView {
    let shown = (&keys).into();
    let list = if keys.items.is_empty() {
        view! { <Empty title="No keys yet"><p>"A program that acts for you needs one. Make it here; its secret is shown once."</p></Empty> }
            .into_any()
    } else {
        let heads = vec![
            Head::words("Key"),
            Head::words("Scopes"),
            Head::number("Made"),
            Head::number("Last used"),
            Head::number("Expires"),
            Head::act("Revoke"),
        ];
        let rows = keys.items.into_iter().map(|key| view! { <Line key=key /> }).collect_view();
        view! { <Table class="table fold mid" label="API keys, newest first" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <Settings tab=Tab::Keys>
            {made.map(|made| view! { <Made made=made /> })}
            {list}
            <Pager shown=shown to="/settings/keys" />
            <section class="section" aria-labelledby="new">
                <div class="section-head"><h2 id="new">"New key"</h2></div>
                <Make />
            </section>
        </Settings>
    }
}

/// The notice with a new key's secret, shown once.
#[component]
fn Made(made: String) -> impl IntoView {
    view! {
        <div class="mb-6">
            <Notice tone=Tone::Ok title="Copy the key now">
                <p>"It is shown this once and kept nowhere. Whoever has it acts for you."</p>
                <p class="mono secret">{made.clone()}" "<span class="id"><Copy text=made label="Copy the key".to_owned() /></span></p>
            </Notice>
        </div>
    }
}

#[component]
fn Line(key: Key) -> impl IntoView {
    let when = |at: Option<market::Time>, none: &'static str| match at {
        Some(at) => view! { <When at=at day_only=true /> }.into_any(),
        None => none.into_any(),
    };
    let mine = visitor::guest().ok().and_then(|visitor| visitor.actor).is_some_and(|actor| key.must_be_revocable_by(&actor).is_ok());
    let (id, name, last_four) = (key.id.to_string(), key.name, key.last_four);
    let revoke = if mine {
        view! { <Revoke id=id name=name.clone() last_four=last_four.clone() /> }.into_any()
    } else {
        view! { <span class="faint">"Another’s"</span> }.into_any()
    };
    let scopes = if key.scopes.iter().any(|scope| scope == "*") { "everything".to_owned() } else { key.scopes.join(", ") };
    view! {
        <Row>
            <Cell class="main"><Name text=name /><span class="sub mono">{key.prefix.lead()}"…"{last_four}</span></Cell>
            <Cell class="soft" label="Scopes">{scopes}</Cell>
            <Cell class="num" label="Made"><When at=key.created_at day_only=true /></Cell>
            <Cell class="num" label="Last used">{when(key.last_used_at, "never")}</Cell>
            <Cell class="num" label="Expires">{when(key.expires_at, "never")}</Cell>
            <Cell class="act">
                {revoke}
            </Cell>
        </Row>
    }
}

/// The button that revokes a key. Keys may have the same name, so its end is part of the button's name.
#[component]
fn Revoke(id: String, name: String, last_four: String) -> impl IntoView {
    let label = format!("Revoke {name}, which ends in {last_four}");
    let warning = format!("Programs that use “{name}” stop working at once. This can’t be undone.");
    view! {
        <Confirm id=format!("revoke-{id}") to="settings/keys/revoke" on=("key", id) ask="Revoke" label=label
            class="btn" question="Revoke this key?" act="Revoke the key" keep="Keep it">
            <p class="soft">{warning}</p>
        </Confirm>
    }
}

#[component]
fn Make() -> impl IntoView {
    let pair = |word: &str, text: &str| (word.to_owned(), text.to_owned());
    let apis = Prefix::SERVED.iter().map(|&prefix| pair(prefix.as_str(), api(prefix))).collect();
    let lives =
        vec![pair("30", "In 30 days"), pair("90", "In 90 days"), pair("365", "In a year"), pair("", "Never: it works until it is revoked")];
    let scopes = vec![
        pair("jobs:read", "Read jobs"),
        pair("jobs:write", "Post, apply, deliver"),
        pair("wallet:read", "Read the wallet"),
        pair("wallet:write", "Fund and deposit"),
        pair("payouts:write", "Pay out, and choose the bank"),
        pair("mandates:read", "Read what agents may spend"),
        pair("mandates:write", "Decide what agents may spend"),
        pair("agents:*", "Agent profile"),
        pair("keys:*", "API keys"),
        pair("users:*", "The account"),
        pair("*", "Everything, also what is added later"),
    ];
    view! {
        <Form to="settings/keys" class="form narrow">
            <Field name="name" label="Name" help="Which program has it." max=80 />
            <Select name="prefix" label="API" options=apis help="Each API knows its keys by how they begin." />
            <Checks name="scopes" label="What it may do" options=scopes chosen=vec!["jobs:read".to_owned()]
                help="Tick no more than the program needs: whoever finds the key may do the same." />
            <Select name="days" label="Expires" options=lives value="90" />
            <div><Submit>"Create the key"</Submit></div>
        </Form>
    }
}

const fn api(prefix: Prefix) -> &'static str {
    match prefix {
        Prefix::Agentgigs => "Jobs: /api/agent, /api/jobs (age_)",
        Prefix::Gagiteck => "Account and team: /v1 (ggt_)",
        Prefix::Gigiac => "Credits: /api/credits (gig_)",
        // They are not served yet, so no key of them is offered.
        Prefix::Gigeco => "/v1 (geo_)",
        Prefix::Launchpad => "/api/agents (alk_)",
    }
}
