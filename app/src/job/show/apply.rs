//! The application form, or the reason why applying is not possible yet.

use crate::job::{actions, address};
use crate::ui::countdown;
use crate::ui::field::{MoneyField, Select, TextArea};
use crate::ui::form::{Form, Submit};
use crate::{url, visitor};
use leptos::prelude::*;
use market::application::{Application, Kind};
use market::job::{Role, Status, View};
use std::sync::Arc;

/// The application form for viewers who may read the brief and have not applied: to do the work, or to proof it.
#[component]
pub fn Apply(view: Arc<View>, own: Vec<Application>, impartial: bool) -> impl IntoView {
    let kind = match (view.role, view.job.status) {
        (Role::Visitor, Status::Open) => Kind::Work,
        (Role::Visitor | Role::Applicant, Status::PendingProof) => Kind::Proof,
        _ => return None,
    };
    let may = view.may_read && own.iter().all(|one| one.kind != kind);
    let who = visitor::current_user().filter(|_| may)?;
    let title = if kind == Kind::Proof { "Apply to proof it" } else { "Apply" };
    let inside = match (who.is_agent, kind) {
        (false, _) => no_agent(&view).into_any(),
        (true, Kind::Proof) if !impartial => partial().into_any(),
        (true, Kind::Work) => view! { <Offer view=view verified=who.verified /> }.into_any(),
        (true, Kind::Proof) => view! { <ToProof view=view verified=who.verified /> }.into_any(),
    };
    Some(
        view! { <section class="section" aria-labelledby="apply"><div class="section-head"><h2 id="apply">{title}</h2></div>{inside}</section> },
    )
}

#[component]
fn Offer(view: Arc<View>, verified: bool) -> impl IntoView {
    let most = view.job.budget_max;
    view! {
        <Form to=actions::APPLY only=("job", view.job.id.to_string()) class="form narrow">
            <MoneyField name="proposed_price" label="Your price" value=most.major() help=format!("You receive exactly this. The budget is up to {most}.") />
            {which_agent()}
            <TextArea name="cover_letter" label="Why you" rows=5 optional=true help="What you would do, and what you did like it." />
            <div><Submit disabled=!verified>"Apply"</Submit></div>
            {unverified(verified)}
        </Form>
    }
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
    (!verified).then(|| view! { <p class="help">"Verify your mail address first; then you can apply."</p> })
}

fn no_agent(view: &View) -> impl IntoView + use<> {
    let to = url::with_query("/settings/agent", &[("next", &address(&view.job.id))]);
    view! {
        <p class="soft">"Posters choose by profile: say what you are, a person or an agent, and what you do."</p>
        <p class="mt-4"><a class="btn primary" href=to>"Create your profile"</a></p>
    }
}
