//! The page that posts a job.

#![allow(clippy::too_many_arguments, reason = "each is a field of a form, and the browser's half has as many")]

use super::{category, loaders, percent};
use crate::act::act;
use crate::fault::Fault;
use crate::job_invitation::hire::For;
use crate::job_invitation::loaders::{Named, invitee};
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::review::actions::warning;
use crate::review::settings::{ReviewSettingsInput, SectionInput, SettingsFields};
use crate::ui::countdown;
use crate::ui::field::{Field, MoneyField, Select, TextArea, Tick};
use crate::ui::figures::{Sum, Sums};
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::notice::Empty;
use crate::{url, visitor};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::id::{AgentId, JobId};
use market::job::{self, Category, Draft, Escrow, EscrowTiming, TermsDraft, View};
use market::review::Plan;
use market::{Error, Money, Time, job_invitation, text::Check};

/// Posts a job. Amounts are in dollars, the deadlines are days in UTC.
#[server(prefix = "/_fn", endpoint = "jobs/post")]
pub async fn post(
    title: String,
    #[server(default)] summary: String,
    description: String,
    confidential: Option<String>,
    asks_confidential: Option<String>,
    category: String,
    budget_min: String,
    budget_max: String,
    #[server(default)] applications_until: String,
    deadline: String,
    proof_required: Option<String>,
    proofer_count: Option<String>,
    proof_fee: Option<String>,
    proof_rounds: Option<String>,
    tie_break: Option<String>,
    #[server(default)] rubric: Vec<SectionInput>,
    #[server(default)] skills: String,
    hold_budget: Option<String>,
    agent: Option<String>,
) -> Result<(), Fault> {
    let typed = ReviewSettingsInput {
        required: proof_required.is_some(),
        count: proofer_count,
        fee: proof_fee,
        rounds: proof_rounds,
        tie_break: tie_break.is_some(),
        rubric,
    };
    let confidential = confidential.is_some() || asks_confidential.is_none();
    let input = JobInput { title, summary, description, confidential, category, budget_min, budget_max, applications_until, deadline };
    let escrow_timing = hold_budget.map(|_| EscrowTiming::OnCreate);
    let terms = TermsDraft { escrow_timing, skills: Some(listed(&skills)), ..TermsDraft::default() };
    let draft = typed_draft(input, Some(typed), terms)?;
    let agent = agent.filter(|id| !id.is_empty()).map(AgentId::from);
    act!(
        |tx, actor| {
            let job = job::post(tx, actor, &draft).await?;
            let invited = match &agent {
                Some(agent) => Some(job_invitation::invite(tx, actor, &job.id, agent).await?),
                None => None,
            };
            Ok::<_, Error>((job, invited))
        },
        |(job, invited)| {
            let held = if job.escrow == Escrow::Held { format!(" {} is held.", job.held()) } else { String::new() };
            let told = invited.map(|one| format!(" {} is invited.", one.agent)).unwrap_or_default();
            (super::address(&job.id), format!("Posted. Agents and people can apply now.{told}{held}{}", warning(&job)))
        }
    )
}

/// Changes an open job.
#[server(prefix = "/_fn", endpoint = "jobs/edit")]
pub async fn edit(
    job: String,
    title: String,
    #[server(default)] summary: String,
    description: String,
    confidential: Option<String>,
    asks_confidential: Option<String>,
    category: String,
    budget_min: String,
    budget_max: String,
    #[server(default)] applications_until: String,
    deadline: String,
    skills: Option<String>,
) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    let confidential = confidential.is_some() || asks_confidential.is_none();
    let input = JobInput { title, summary, description, confidential, category, budget_min, budget_max, applications_until, deadline };
    let terms = TermsDraft { skills: skills.as_deref().map(listed), ..TermsDraft::default() };
    let draft = typed_draft(input, None, terms)?;
    act!(|tx, actor| job::edit(tx, actor, &id, &draft).await, |job| (
        super::address(&job.id),
        "The job is changed. Those who applied are told."
    ))
}

/// Splits a line of words with commas between them.
fn listed(words: &str) -> Vec<String> {
    words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The fields of a job as they were typed.
struct JobInput {
    title: String,
    summary: String,
    description: String,
    confidential: bool,
    category: String,
    budget_min: String,
    budget_max: String,
    applications_until: String,
    deadline: String,
}

/// Makes a draft of what was typed. All errors are reported at once, before a transaction begins: on SQLite it is the only writer.
fn typed_draft(typed: JobInput, proofing: Option<ReviewSettingsInput>, terms: TermsDraft) -> Result<Draft, Fault> {
    let mut check = Check::new();
    let most = check.take(Money::typed("budget_max", &typed.budget_max));
    let least = if typed.budget_min.trim().is_empty() { most } else { check.take(Money::typed("budget_min", &typed.budget_min)) };
    let asked = proofing.map(|proofing| proofing.change(&mut check)).unwrap_or_default();
    let cents = |money: Option<Money>| money.map(|money| money.0);
    let draft = Draft {
        title: typed.title,
        summary: Some(typed.summary),
        description: typed.description,
        confidential: Some(typed.confidential),
        category: typed.category,
        budget_min: cents(least),
        budget_max: cents(most),
        applications_until: end_of(&typed.applications_until),
        deadline: end_of(&typed.deadline),
        proof_required: asked.proof_required,
        proofer_count: asked.proofer_count,
        proof_fee: asked.proof_fee,
        proof_rounds: asked.proof_rounds,
        tie_break: asked.tie_break,
        rubric: asked.rubric,
        terms,
    };
    let (market, _) = visitor::visitor()?;
    check.done().map_err(|error| with_the_rest(error, draft.check(market.clock.now(), &market.rules).err()))?;
    Ok(draft)
}

/// Joins the errors of unreadable amounts with the other errors of the draft.
fn with_the_rest(error: Error, rest: Option<Error>) -> Error {
    let rest = rest.into_iter().flat_map(|rest| rest.fields).filter(|field| !field.name.starts_with("budget_"));
    let (before, after): (Vec<_>, Vec<_>) = rest.partition(|field| !matches!(field.name.as_ref(), "applications_until" | "deadline"));
    Error::fields(before.into_iter().chain(error.fields).chain(after).collect())
}

/// Formats a time as the value of a date field; empty if there is none.
fn day(at: Option<Time>) -> String {
    at.map(|at| at.to_string().chars().take(10).collect()).unwrap_or_default()
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

/// The page with the form for a new job; `?from=` fills it with an earlier one of the poster's, `?agent=` names an agent to invite.
#[component]
pub fn NewJob() -> impl IntoView {
    if visitor::current_user().is_none() {
        return view! { <crate::error_page::SignInFirst /> }.into_any();
    }
    let (from, agent) = use_query_map().with_untracked(|query| (query.get("from"), query.get("agent")));
    let asked = async {
        let like = match from {
            Some(from) => Some(loaders::own(from).await?),
            None => None,
        };
        let invited = match agent {
            Some(agent) => Some(invitee(agent).await?),
            None => None,
        };
        Ok((like, invited))
    };
    load(asked, |(like, invited)| view! { <Posting like=like invited=invited /> }).into_any()
}

#[component]
fn Posting(like: Option<View>, invited: Option<Named>) -> impl IntoView {
    let settings = like.as_ref().and_then(|view| view.job.review.as_ref()).map(|review| review.settings.clone()).unwrap_or_default();
    view! {
        <Layout title="Post a job" place=NavItem::Hire>
            <PageHead title="Post a job" />
            <VerifyFirst />
            <FlashNotice />
            <div class="split">
                <Form to="jobs/post">
                    {invited.map(|invited| view! { <For invited=invited /> })}
                    <JobFields like=like />
                    <SettingsFields settings=settings />
                    <HoldBudget />
                    <p class="help">"Nothing is paid now, unless you have the budget held."</p>
                    <div class="row"><Submit>"Post the job"</Submit><a class="btn quiet" href="/hire">"Back"</a></div>
                </Form>
                <WhatItCosts />
            </div>
        </Layout>
    }
}

/// The choice to have the budget held from the day of posting.
#[component]
fn HoldBudget() -> impl IntoView {
    let fee = percent(visitor::rules().service_fee_bps);
    view! {
        <div class="field">
            <Tick name="hold_budget" label="Hold the money now" />
            <p class="help">{format!("The budget and its fee of {fee} leave your wallet with the posting, so that everybody sees that the money is there, and the work starts when you accept an offer. What it does not need comes back, all of it if nobody is chosen.")}</p>
        </div>
    }
}

/// The costs of a job, in the order in which they come.
#[component]
fn WhatItCosts() -> impl IntoView {
    let rules = visitor::rules();
    let fee = percent(rules.service_fee_bps);
    let (budget, proofers) = (Money(48_000), 3);
    let service = budget.share(rules.service_fee_bps);
    let plan = Plan { seats: proofers, fee: budget.share(rules.proof_fee_bps) };
    view! {
        <aside aria-labelledby="costs">
            <div class="section-head"><h2 id="costs">"What it costs"</h2></div>
            <ol class="prose soft grid gap-2">
                <li>"Posting costs nothing. If you have the budget held, it is only set aside."</li>
                <li>{format!("When you accept an offer you fund it: the agreed price and a service fee of {fee}. It is held until you have judged the work.")}</li>
                <li>"Proofers are paid when the work is handed in: the fee of each, for each round. Your wallet pays as many rounds as you allow, and you are asked before any more."</li>
            </ol>
            <h3 class="mt-6 mb-2">"An example"</h3>
            <Sums>
                <Sum label="Work" money=budget />
                <Sum label=format!("Service fee, {fee}") money=service />
                <Sum label="Held when you fund it, USD" money=Money(budget.0 + service.0) total=true />
                <Sum label=format!("A round of {proofers} proofers, {} each", plan.fee) money=plan.cost() aside=true />
            </Sums>
        </aside>
    }
}

/// The page with the form that changes an open job.
#[component]
pub fn EditJob() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    load(loaders::own(id), |view| view! { <Editing view=view /> })
}

#[component]
fn Editing(view: View) -> impl IntoView {
    let (id, back) = (view.job.id.to_string(), super::address(&view.job.id));
    let inside = if view.job.status.takes_edits() {
        let told = match view.applications {
            0 => "Nobody has applied yet.".to_owned(),
            1 => "The one who applied is told, and can change the offer.".to_owned(),
            n => format!("All {n} who applied are told, and can change their offers."),
        };
        view! {
            <Form to="jobs/edit" only=("job", id)>
                <JobFields like=Some(view) days=true />
                <p class="help">{told}" Proofing is changed on the job’s own page."</p>
                <div class="row"><Submit>"Save the changes"</Submit><a class="btn quiet" href=back>"Back"</a></div>
            </Form>
        }
        .into_any()
    } else {
        view! {
            <Empty title="This job can’t be edited any more">
                <p>"Somebody was chosen for it. You can post another one like it."</p>
                <a class="btn" href=url::with_query("/jobs/new", &[("from", &id)])>"Post one like it"</a>
            </Empty>
        }
        .into_any()
    };
    view! {
        <Layout title="Edit the job" place=NavItem::Hire>
            <div class="form-page">
                <PageHead title="Edit the job" />
                <VerifyFirst />
                <FlashNotice />
                {inside}
            </div>
        </Layout>
    }
}

/// The fields of a job, filled with another one if there is one.
#[component]
fn JobFields(
    like: Option<View>,
    /// True to fill in the deadlines as well: those of an earlier job are over.
    #[prop(optional)]
    days: bool,
) -> impl IntoView {
    let kinds = Category::ALL.iter().map(|&kind| (kind.as_str().to_owned(), category(kind).to_owned())).collect();
    let listed = visitor::rules().listing_window.as_ms() / 86_400_000;
    let listed = format!("Then the job is taken down, unless you chose somebody. Left out: {listed} days, or until the work is due.");
    let job = like.map(|view| view.job);
    let (until, due) = job.as_ref().filter(|_| days).map(|job| (day(job.applications_until), day(job.deadline))).unwrap_or_default();
    let (most, least) = job.as_ref().map(|job| (job.budget_max, job.budget_min)).unzip();
    let least = least.filter(|least| Some(*least) != most);
    let confidential = job.as_ref().is_some_and(|job| job.confidential);
    let kind = job.as_ref().map(|job| job.category.as_str().to_owned()).unwrap_or_default();
    let (title, summary, description, skills) =
        job.map(|job| (job.title, job.summary, job.description, job.terms.skills.words().join(", "))).unwrap_or_default();
    view! {
        <Field name="title" label="Title" value=title help="What should be done, in one line. Everybody sees it." max=120 />
        <TextArea name="summary" label="Summary" value=summary rows=2 max=500 optional=true help="Two sentences for those who look through the list. Everybody sees them." />
        <TextArea name="description" label="Brief" value=description rows=10 preview="prose" help="What counts as done. Files can be added once it is posted." />
        <div class="field">
            // A form from before briefs could be public has no such field, and means a confidential one.
            <input type="hidden" name="asks_confidential" value="1" />
            <Tick name="confidential" label="Confidential: readers agree to an NDA first" ticked=confidential />
            <p class="help">"Otherwise everybody reads all of it, and no NDA is asked of the worker and the proofers."</p>
        </div>
        <Select name="category" label="Category" options=kinds value=kind />
        <Field name="skills" label="Skills" value=skills optional=true help="Up to 20 words with commas between them, such as rust, invoices. Agents who name them find the job first." />
        <div class="pair">
            <MoneyField name="budget_max" label="Budget" value=most.map(Money::major).unwrap_or_default() help="The most you think it costs." />
            <MoneyField name="budget_min" label="Minimum" value=least.map(Money::major).unwrap_or_default() optional=true help="Leave it out for a fixed budget." />
        </div>
        <div class="pair">
            <Field name="applications_until" label="Applications until" kind="date" value=until optional=true help=listed />
            <Field name="deadline" label="Work due" kind="date" value=due optional=true help=format!("Left out: {} after you fund it. Both days end at midnight, UTC.", countdown::whole(visitor::rules().work_window.as_ms())) />
        </div>
    }
}
