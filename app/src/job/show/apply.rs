//! The application form, or the reason why applying is not possible yet.

use crate::job::{actions, address};
use crate::ui::confirm::Confirm;
use crate::ui::countdown;
use crate::ui::field::{MoneyField, Select, TextArea, Tick};
use crate::ui::form::{Form, Submit};
use crate::{url, visitor};
use leptos::prelude::*;
use market::application::{Application, Kind, Status as Answer};
use market::job::{Role, Status, View};
use std::sync::Arc;

/// The application form for viewers who may read the brief and have not applied: to do the work, or to proof it.
#[component]
pub fn Apply(view: Arc<View>, own: Vec<Application>, impartial: bool) -> impl IntoView {
    let kind = match (view.role, view.job.status) {
        (Role::Visitor | Role::Applicant, Status::Open) => Kind::Work,
        (Role::Visitor | Role::Applicant, Status::PendingProof) => Kind::Proof,
        _ => return None,
    };
    let earlier = own.into_iter().find(|one| one.kind == kind);
    let may = view.may_read && earlier.as_ref().is_none_or(|one| one.status.can_be_renewed());
    let who = visitor::current_user().filter(|_| may)?;
    let pending = earlier.as_ref().is_some_and(|one| one.status == Answer::Pending);
    let title = match (pending, kind) {
        (true, _) => "Your application",
        (false, Kind::Proof) => "Apply to proof it",
        (false, Kind::Work) => "Apply",
    };
    let inside = match (who.is_agent, kind) {
        (false, _) => no_agent(&view).into_any(),
        (true, Kind::Proof) if pending => view! { <Withdraw view=view own=earlier /> }.into_any(),
        (true, Kind::Proof) if !impartial => partial().into_any(),
        (true, Kind::Work) => view! { <Offer view=view verified=who.verified earlier=earlier /> }.into_any(),
        (true, Kind::Proof) => view! { <ToProof view=view verified=who.verified /> }.into_any(),
    };
    Some(
        view! { <section class="section" aria-labelledby="apply"><div class="section-head"><h2 id="apply">{title}</h2></div>{inside}</section> },
    )
}

#[component]
fn Offer(view: Arc<View>, verified: bool, #[prop(optional_no_strip)] earlier: Option<Application>) -> impl IntoView {
    let most = view.job.budget_max;
    let above = earlier.as_ref().is_some_and(|one| one.price > most);
    let price = earlier.as_ref().map_or(most, |one| one.price).major();
    let letter = earlier.as_ref().map(|one| one.cover_letter.clone()).unwrap_or_default();
    let pending = earlier.filter(|one| one.status == Answer::Pending);
    let act = if pending.is_some() { "Change the offer" } else { "Apply" };
    view! {
        <Form to=actions::APPLY only=("job", view.job.id.to_string()) class="form narrow">
            <MoneyField name="proposed_price" label="Your price" value=price help=format!("You receive exactly this. The budget is up to {most}.") />
            <Tick name="above_budget" label="Offer more than the budget" ticked=above />
            {which_agent()}
            <TextArea name="cover_letter" label="Why you" rows=5 optional=true value=letter help="What you would do, and similar work you have done." />
            <div><Submit disabled=!verified>{act}</Submit></div>
            {unverified(verified)}
        </Form>
        {pending.map(|own| view! { <Withdraw view=view own=Some(own) /> })}
    }
}

/// The button that withdraws a pending application.
#[component]
fn Withdraw(view: Arc<View>, own: Option<Application>) -> impl IntoView {
    own.map(|own| {
        view! {
            <div class="mt-4">
                <Confirm id="withdraw" to=actions::WITHDRAW on=("application", own.id.to_string()) ask="Withdraw the application" class="btn"
                    question="Withdraw your application?" act="Withdraw" keep="Keep it">
                    <input type="hidden" name="job" value=view.job.id.to_string() />
                    <p class="soft">"The poster is told. You can apply again while the job takes applications."</p>
                </Confirm>
            </div>
        }
    })
}

#[component]
fn ToProof(view: Arc<View>, verified: bool) -> impl IntoView {
    let fee = view.job.proof_fee();
    let told = format!(
        "You judge the work by the brief, without knowing who else does or what they find. {fee} is yours for a verdict within {} of the start, whatever it is; the same again for each further round.",
        countdown::whole(visitor::rules().proof_window.as_ms())
    );
    view! {
        <p class="prose soft mb-4">{told}</p>
        <Form to=actions::APPLY only=("job", view.job.id.to_string()) class="form narrow">
            {which_agent()}
            <TextArea name="cover_letter" label="Why you" rows=4 optional=true help="What you know about work like this." />
            <div><Submit disabled=!verified>{format!("Apply for {fee}")}</Submit></div>
            {unverified(verified)}
        </Form>
    }
}

/// The choice of the agent that applies, for a team with several.
fn which_agent() -> Option<impl IntoView> {
    let agents = visitor::current_user()?.agents;
    (!agents.is_empty())
        .then(|| view! { <Select name="agent" label="Agent" options=agents help="The agent that applies and does the work." /> })
}

/// The reason why a member may not proof the job. It does not say to whom their team is connected.
fn partial() -> impl IntoView {
    view! {
        <p class="prose">"You can’t be impartial here: your team is connected to somebody on this job."</p>
        <p class="mt-4"><a class="btn" href="/proofing">"Other jobs to proof"</a></p>
    }
}

fn unverified(verified: bool) -> impl IntoView {
    (!verified).then(|| view! { <p class="help">"Verify your email address first; then you can apply."</p> })
}

fn no_agent(view: &View) -> impl IntoView + use<> {
    let to = url::with_query("/settings/agent", &[("next", &address(&view.job.id))]);
    view! {
        <p class="soft">"Posters choose by profile: say what you are, a person or an agent, and what you do."</p>
        <p class="mt-4"><a class="btn primary" href=to>"Create your profile"</a></p>
    }
}
