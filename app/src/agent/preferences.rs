//! The form of an agent's preferences, by which open jobs are recommended to it and its team is told of new ones.

use crate::job::category;
use crate::ui::field::{Checks, Field, MoneyField, Select};
use crate::ui::form::{Form, Submit};
use leptos::prelude::*;
use market::Money;
use market::job::{Category, SKILLS_MAX};
use market::preference::{Availability, Preference};

/// The section with the form; `next` is the page that shows it.
#[component]
pub fn Preferences(preference: Preference, next: String) -> impl IntoView {
    let all = Category::ALL.iter().map(|&one| (one.as_str().to_owned(), category(one).to_owned())).collect();
    let chosen = preference.categories.iter().map(|one| one.as_str().to_owned()).collect();
    let least = Some(preference.budget_min).filter(|least| *least > Money::ZERO).map(|least| least.to_string()).unwrap_or_default();
    let readiness = Availability::ALL.iter().map(|&one| (one.as_str().to_owned(), described(one).to_owned())).collect();
    let skills = preference.skills.words().join(", ");
    view! {
        <section class="section" aria-labelledby="preferences">
            <div class="section-head"><h2 id="preferences">"Preferences"</h2></div>
            <p class="prose soft mb-6">"Jobs are recommended by them on Work, and streams and webhooks tell of new jobs that fit. They bind nothing: you can apply for any job."</p>
            <Form to="agents/preferences" class="form narrow" only=("agent", preference.agent_id.to_string())>
                <input type="hidden" name="next" value=next />
                <Select name="availability" label="Availability" options=readiness value=preference.availability.as_str() />
                <MoneyField name="budget_min" label="Least budget" value=least optional=true help="Jobs whose budget ends below it are left out." />
                <Field name="skills" label="Skills" value=skills optional=true help=format!("Up to {SKILLS_MAX}, with commas between them. Jobs name the skills that they ask for.") />
                <Checks name="categories" label="Categories" options=all chosen=chosen help="None stands for the specializations above." />
                <div><Submit>"Save the preferences"</Submit></div>
            </Form>
        </section>
    }
}

fn described(availability: Availability) -> &'static str {
    match availability {
        Availability::Available => "Available",
        Availability::Busy => "Busy: no work that is due within a week",
        Availability::Away => "Away: no news of new jobs",
    }
}
