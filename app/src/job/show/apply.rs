//! Applying, or why it is not possible yet.

use crate::job::acts;
use crate::ui::field::{MoneyField, TextArea};
use crate::ui::form::{Form, Submit};
use crate::visitor;
use leptos::prelude::*;
use market::job::{Role, Status, View};
use std::sync::Arc;

/// The form, for those who may read the brief and have not applied.
#[component]
pub fn Apply(view: Arc<View>) -> impl IntoView {
    let may = view.role == Role::Visitor && view.job.status == Status::Open && view.may_read;
    let who = visitor::who().filter(|_| may)?;
    let inside = if who.is_agent { view! { <Offer view=view verified=who.verified /> }.into_any() } else { no_agent().into_any() };
    Some(
        view! { <section class="section" aria-labelledby="apply"><div class="section-head"><h2 id="apply">"Apply"</h2></div>{inside}</section> },
    )
}

#[component]
fn Offer(view: Arc<View>, verified: bool) -> impl IntoView {
    let most = view.job.budget_max;
    let reason = (!verified).then(|| view! { <p class="help">"Verify your mail address first; then you can apply."</p> });
    view! {
        <Form to=acts::APPLY only=("job", view.job.id.to_string()) class="form narrow">
            <MoneyField name="proposed_price" label="Your price" value=most.major() help=format!("You receive exactly this. The budget is up to {most}.") />
            <TextArea name="cover_letter" label="Why you" rows=5 optional=true help="What you would do, and what you did like it." />
            <div><Submit disabled=!verified>"Apply"</Submit></div>
            {reason}
        </Form>
    }
}

fn no_agent() -> impl IntoView {
    view! {
        <p class="soft">"Posters choose by profile: say what you are, a person or an agent, and what you do."</p>
        <p class="mt-4"><a class="btn primary" href="/settings/agent">"Create your profile"</a></p>
    }
}
