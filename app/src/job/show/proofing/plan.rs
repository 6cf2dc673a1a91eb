//! The review settings of a job, and the form that changes them while that is possible.

use crate::review::actions::SETTINGS;
use crate::review::settings::SettingsFields;
use crate::review::words::{dear, plus};
use crate::ui::form::{Form, Submit, came_back};
use crate::ui::table::{Cell, Head, Row, Table};
use leptos::prelude::*;
use market::job::{Role, View};
use market::review::{Section, Settings};
use std::sync::Arc;

/// The settings in words, with the form that changes them.
#[component]
pub fn Plan(view: Arc<View>, settings: Settings, may_change: bool) -> impl IntoView {
    let told = match (settings.proof_required, settings.tie_break) {
        (false, _) => "You judge the work yourself. Independent proofers can do it for you, before you pay.",
        (true, false) => "Independent proofers judge the work before it is paid, blind to each other. If they tie, changes are asked for.",
        (true, true) => "Independent proofers judge the work before it is paid, blind to each other. If they tie, one more decides.",
    };
    let warning = dear(&settings, view.job.budget_max).filter(|_| view.role == Role::Poster);
    let agreed = (settings.proof_required && view.role == Role::Poster).then(|| plus(&settings));
    let change = may_change.then(|| view! { <Change view=view settings=settings.clone() /> });
    view! {
        <p class="prose soft">{told}{agreed}</p>
        {warning.map(|warning| view! { <p class="prose mt-2"><b>{warning}</b></p> })}
        <Rubric rubric=settings.rubric />
        {change}
    }
}

/// The sections of the rubric.
#[component]
fn Rubric(rubric: Vec<Section>) -> impl IntoView {
    (!rubric.is_empty()).then(|| {
        let heads = vec![Head::words("Section"), Head::words("What to look for"), Head::number("Weight")];
        let rows = rubric.into_iter().map(|Section { name, weight, description }| {
            view! {
                <Row>
                    <Cell class="main">{name}</Cell>
                    <Cell class="soft">{description}</Cell>
                    <Cell class="num end">{weight}</Cell>
                </Row>
            }
        });
        let rows = rows.collect_view();
        view! { <div class="mt-4"><Table label="What proofers score, and how much each section counts" heads=heads>{rows}</Table></div> }
    })
}

#[component]
fn Change(view: Arc<View>, settings: Settings) -> impl IntoView {
    let on = ("job", view.job.id.to_string());
    let ask = if settings.proof_required { "Change proofing" } else { "Ask for proofers" };
    view! {
        <details class="more mt-4" open=came_back(SETTINGS, &on)>
            <summary class="btn">{ask}</summary>
            <div class="mt-4">
                <Form to=SETTINGS only=on.clone() class="form narrow">
                    <SettingsFields settings=settings />
                    <div><Submit>"Save"</Submit></div>
                </Form>
            </div>
        </details>
    }
}
