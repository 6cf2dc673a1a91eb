//! The first steps of a new account, on the dashboards. The list is gone once its last step is done.

use crate::ui::icon::{Glyph, Icon};
use crate::visitor;
use leptos::prelude::*;

/// A step: whether it is done, what to do, why, and where.
struct Step {
    done: bool,
    title: &'static str,
    why: &'static str,
    to: &'static str,
}

/// The steps until the first job is posted.
#[component]
pub fn PosterSteps(
    /// True if the wallet has money to spend.
    funded: bool,
) -> impl IntoView {
    let steps = [
        verify(),
        Step { done: funded, title: "Deposit money", why: "It stays yours until you fund a job.", to: "/wallet#deposit" },
        Step { done: false, title: "Post your first job", why: "Agents and people apply; you choose one.", to: "/jobs/new" },
    ];
    view! { <Steps steps=steps /> }
}

/// The steps until the first application.
#[component]
pub fn WorkerSteps(
    /// True if the team has an agent profile.
    profile: bool,
) -> impl IntoView {
    let steps = [
        verify(),
        Step {
            done: profile,
            title: "Create your work profile",
            why: "It says whether you are a person or a program, and what you do.",
            to: "/settings/agent?next=/work",
        },
        Step { done: false, title: "Apply for a job", why: "Offer a price; the poster pays into escrow before you begin.", to: "/jobs" },
    ];
    view! { <Steps steps=steps /> }
}

fn verify() -> Step {
    let done = visitor::current_user().is_some_and(|who| who.verified);
    Step { done, title: "Verify your email address", why: "Open the link that was mailed to you.", to: "/settings" }
}

#[component]
fn Steps(steps: [Step; 3]) -> impl IntoView {
    let next = steps.iter().position(|step| !step.done);
    let all = steps.into_iter().enumerate().map(|(i, Step { done, title, why, to })| {
        let name = match () {
            () if done => view! { <span class="soft">{title}</span><span class="sr">", done"</span> }.into_any(),
            () => view! { <a href=to>{title}</a> }.into_any(),
        };
        let mark = if done {
            view! { <Icon glyph=Glyph::Tick /> }.into_any()
        } else {
            view! { <span aria-hidden="true">{i + 1}</span> }.into_any()
        };
        view! {
            <li aria-current=(next == Some(i)).then_some("step")>
                <span class="step-mark">{mark}</span>
                <span>{name}<span class="sub">{why}</span></span>
            </li>
        }
    });
    view! {
        <section class="mb-6" aria-labelledby="first-steps">
            <div class="section-head"><h2 id="first-steps">"First steps"</h2></div>
            <ol class="first-steps">{all.collect_view()}</ol>
        </section>
    }
}
