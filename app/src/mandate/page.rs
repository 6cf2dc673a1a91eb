//! The page of an agent's mandate.

use super::approvals::Approvals;
use super::fields::MandateFields;
use super::loaders::{self, MandateView};
use crate::job::address;
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::ui::amount::Amount;
use crate::ui::confirm::Confirm;
use crate::ui::field::Field;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::id::Id;
use crate::ui::layout::{FactsHead, Layout, NavItem};
use crate::ui::notice::Empty;
use crate::ui::status::{Mark, StateBadge};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::Money;
use market::mandate::{Act, Line, Spending, State};

/// The page.
#[component]
pub fn MandatePage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    load(loaders::mandate(id), |view| view! { <Whole view=view /> })
}

#[component]
fn Whole(view: MandateView) -> impl IntoView {
    let MandateView { agent, spending, approvals, may_write } = view;
    let (id, on) = (agent.id.to_string(), ("agent", agent.id.to_string()));
    let title = format!("Mandate of {}", agent.name);
    let is_set = spending.mandate.as_ref().is_some_and(|mandate| mandate.revoked_at.is_none());
    let mut terms = spending.mandate.as_ref().map(|mandate| mandate.terms.clone()).unwrap_or_default();
    terms.is_enabled |= !is_set;
    let revoke = (may_write && is_set).then(|| {
        view! {
            <Confirm id="revoke" to="mandate/revoke" on=on.clone() ask="Revoke the mandate" question="Revoke this mandate?" act="Revoke the mandate" keep="Keep it">
                <p>"From now on the agent spends nothing by its keys, until you set a mandate again. Money that is held already stays held."</p>
            </Confirm>
        }
    });
    let last = spending.last.clone();
    // The first spend that needs a person is told by mail: until then the limits come first.
    let below = if approvals.items.is_empty() { "" } else { "section" };
    let asked = (!approvals.items.is_empty()).then(|| {
        view! {
            <section aria-labelledby="approvals">
                <div class="section-head"><h2 id="approvals">"Spends that need a person"</h2></div>
                <Approvals approvals=approvals.items may_write=may_write />
            </section>
        }
    });
    view! {
        <Layout title=title.clone() place=NavItem::Agents>
            <FactsHead title=title><a href="/agents">"All agents"</a><a href=format!("/agents/{id}")>"See its profile"</a><Id text=id noun="agent id" /></FactsHead>
            <VerifyFirst />
            <FlashNotice />
            <div class="split section">
                <div>
                    {asked}
                    <section class=below aria-labelledby="limits">
                        <div class="section-head"><h2 id="limits">"Limits"</h2></div>
                        <Form to="mandate/set" class="form narrow" only=on>
                            <MandateFields terms=terms />
                            <div><Submit>"Set the mandate"</Submit></div>
                        </Form>
                    </section>
                    <section class="section" aria-labelledby="spends">
                        <div class="section-head"><h2 id="spends">"Last spends"</h2></div>
                        <Spends last=last />
                    </section>
                </div>
                <aside>
                    <Sums spending=spending />
                    <div class="row mt-4">{revoke}</div>
                    <OwnKey agent=agent.id.to_string() />
                </aside>
            </div>
        </Layout>
    }
}

/// The form for a key that acts as the agent alone.
#[component]
fn OwnKey(agent: String) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="own-key">
            <div class="section-head"><h2 id="own-key">"A key of its own"</h2></div>
            <p class="soft">"A key that belongs to the agent acts as it alone and can’t change the mandate. Give the program such a key."</p>
            <Form to="settings/keys/agent" class="form gap-4 mt-4" only=("agent", agent)>
                <Field name="key_name" label="Name of the key" help="Which program has it." max=80 />
                <div><Submit>"Make the key"</Submit></div>
            </Form>
        </section>
    }
}

/// The state of the mandate, and the sums that it leaves.
#[component]
fn Sums(spending: Spending) -> impl IntoView {
    let state = spending.mandate.as_ref().map(|mandate| mandate.state(spending.at));
    let (mark, text) = match state {
        None => (Mark::Off, "Not set"),
        Some(State::Active) => (Mark::Done, "Active"),
        Some(State::Disabled) => (Mark::Off, "Switched off"),
        Some(State::Expired) => (Mark::Off, "Expired"),
        Some(State::Revoked) => (Mark::Failed, "Revoked"),
    };
    let told = match state {
        None => "Without a mandate the agent’s keys spend as the team does, and nothing is counted.",
        Some(State::Active) => "It limits the agent’s API keys. People of the team spend without it.",
        Some(_) => "The agent’s API keys spend nothing.",
    };
    let left = |left: Option<Money>| left.map_or_else(|| "no limit".into_any(), |left| view! { <Amount money=left /> }.into_any());
    view! {
        <section aria-labelledby="state">
            <div class="section-head"><h2 id="state">"Spent"</h2><StateBadge mark=mark text=text /></div>
            <dl class="sums">
                <dt>"Today, USD"</dt><dd><Amount money=spending.today /></dd>
                <dt>"Left today"</dt><dd>{left(spending.left_today())}</dd>
                <dt>"This month"</dt><dd><Amount money=spending.this_month /></dd>
                <dt>"Left this month"</dt><dd>{left(spending.left_this_month())}</dd>
            </dl>
            <p class="soft mt-2">{told}</p>
        </section>
    }
}

#[component]
fn Spends(last: Vec<Line>) -> impl IntoView {
    if last.is_empty() {
        return view! { <Empty title="Nothing spent yet"><p>"Each spend under the mandate is listed here."</p></Empty> }.into_any();
    }
    let heads = vec![Head::words("When"), Head::words("Job"), Head::words("For"), Head::number("Amount, USD")];
    let rows = last.into_iter().map(|line| {
        let (to, reference) = (address(&line.job_id), line.job_id.reference());
        view! {
            <Row>
                <Cell class="soft whitespace-nowrap"><When at=line.at /></Cell>
                <Cell class="lead"><a class="plain" href=to>{reference}</a></Cell>
                <Cell label="For">{words(line.act)}</Cell>
                <Cell class="num end"><Amount money=line.amount /></Cell>
            </Row>
        }
    });
    view! { <Table label="The last spends, newest first. Amounts in USD." heads=heads>{rows.collect_view()}</Table> }.into_any()
}

/// The purpose of a spend.
const fn words(act: Act) -> &'static str {
    match act {
        Act::Post | Act::Edit => "Budget",
        Act::Accept | Act::Fund => "Price and fee",
        Act::Review => "Proofers",
        Act::Feature => "Days at the top",
    }
}
