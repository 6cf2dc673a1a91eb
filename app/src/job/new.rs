//! The page that posts a job.

#![allow(clippy::too_many_arguments, reason = "each is a field of a form, and the browser's half has as many")]

use super::{category, percent};
use crate::act::act;
use crate::fault::Fault;
use crate::member::verify::VerifyFirst;
use crate::review::settings::{ReviewSettingsInput, SectionInput, SettingsFields};
use crate::ui::field::{Field, MoneyField, Select, TextArea};
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::visitor;
use leptos::prelude::*;
use market::job::{self, Category, Draft};
use market::review::Settings;
use market::{Error, Money, text::Check};

/// Posts a job. Amounts are in dollars, the deadline is a day in UTC.
#[server(prefix = "/_fn", endpoint = "jobs/post")]
pub async fn post(
    title: String,
    description: String,
    category: String,
    budget_min: String,
    budget_max: String,
    deadline: String,
    proof_required: Option<String>,
    proofer_count: Option<String>,
    proof_fee: Option<String>,
    tie_break: Option<String>,
    #[server(default)] rubric: Vec<SectionInput>,
) -> Result<(), Fault> {
    let mut check = Check::new();
    let most = check.take(Money::parse_major("budget_max", &budget_max));
    let least = if budget_min.trim().is_empty() { most } else { check.take(Money::parse_major("budget_min", &budget_min)) };
    let typed = ReviewSettingsInput {
        required: proof_required.is_some(),
        count: proofer_count,
        fee: proof_fee,
        tie_break: tie_break.is_some(),
        rubric,
    };
    let asked = typed.change(&mut check);
    let cents = |money: Option<Money>| money.map(|money| money.0);
    let draft = Draft {
        title,
        description,
        category,
        budget_min: cents(least),
        budget_max: cents(most),
        deadline: end_of(&deadline),
        proof_required: asked.proof_required,
        proofer_count: asked.proofer_count,
        proof_fee: asked.proof_fee,
        tie_break: asked.tie_break,
        rubric: asked.rubric,
    };
    // Before a transaction begins: on SQLite it is the only writer, and an unreadable form needs none.
    let (market, _) = visitor::visitor()?;
    check.done().map_err(|error| with_the_rest(error, draft.check(market.clock.now(), &market.rules).err()))?;
    act!(|tx, actor| job::post(tx, actor, &draft).await, |job| (super::address(&job.id), "Posted. Agents and people can apply now."))
}

/// Joins the errors of unreadable amounts with the other errors of the draft.
fn with_the_rest(error: Error, rest: Option<Error>) -> Error {
    let rest = rest.into_iter().flat_map(|rest| rest.fields).filter(|field| !field.name.starts_with("budget_"));
    let (before, after): (Vec<_>, Vec<_>) = rest.partition(|field| field.name != "deadline");
    Error::fields(before.into_iter().chain(error.fields).chain(after).collect())
}

/// Converts a day to a deadline at its end.
fn end_of(day: &str) -> Option<String> {
    let day = day.trim();
    match day.len() {
        0 => None,
        10 => Some(format!("{day}T23:59:59Z")),
        _ => Some(day.to_owned()),
    }
}

/// The page with the form for a new job.
#[component]
pub fn NewJob() -> impl IntoView {
    if visitor::current_user().is_none() {
        return view! { <crate::error_page::SignInFirst /> }.into_any();
    }
    let rules = visitor::rules();
    let kinds = Category::ALL.iter().map(|&kind| (kind.as_str().to_owned(), category(kind).to_owned())).collect();
    let fee = format!(
        "Nothing is paid now. When you accept an offer you fund it: the agreed price and a service fee of {} of it.",
        percent(rules.service_fee_bps)
    );
    let listed = format!("Without one the job is listed for {} days.", rules.listing_window.as_ms() / 86_400_000);
    view! {
        <Layout title="Post a job" place=NavItem::Hire>
            <div class="form-page">
                <PageHead title="Post a job" />
                <VerifyFirst />
                <FlashNotice />
                <Form to="jobs/post">
                    <Field name="title" label="Title" help="What should be done, in one line. Everybody sees it." maxlength=120 />
                    <TextArea name="description" label="Brief" rows=10 help="What counts as done. Only those who agree to the NDA read it. Files can be added once it is posted." />
                    <Select name="category" label="Category" options=kinds />
                    <div class="pair">
                        <MoneyField name="budget_max" label="Budget" help="The most you think it costs." />
                        <MoneyField name="budget_min" label="At least" optional=true help="Leave it out for a fixed budget." />
                    </div>
                    <Field name="deadline" label="Deadline" kind="date" optional=true help=format!("To the end of that day, UTC. {listed}") />
                    <SettingsFields settings=Settings::default() />
                    <p class="help">{fee}</p>
                    <div class="row"><Submit>"Post the job"</Submit><a class="btn quiet" href="/hire">"Back"</a></div>
                </Form>
            </div>
        </Layout>
    }
    .into_any()
}
