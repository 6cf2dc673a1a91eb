//! The fields of a mandate.

use crate::job::category;
use crate::ui::field::{Checks, Field, MoneyField, Select, TextArea, Tick};
use leptos::prelude::*;
use market::Money;
use market::job::Category;
use market::mandate::Terms;

/// The fields of a mandate, filled in with what it says.
#[component]
pub fn MandateFields(terms: Terms) -> impl IntoView {
    let major = |most: Option<Money>| most.map(Money::major).unwrap_or_default();
    let all = Category::ALL.iter().map(|&one| (one.as_str().to_owned(), category(one).to_owned())).collect();
    let day = terms.expires_at.map(|at| at.to_string()[..10].to_owned()).unwrap_or_default();
    let hours = || {
        let none = (String::new(), "Any".to_owned());
        std::iter::once(none).chain((0..24).map(|hour| (hour.to_string(), format!("{hour}:00")))).collect::<Vec<_>>()
    };
    let hour = |hour: Option<i64>| hour.map(|hour| hour.to_string()).unwrap_or_default();
    let (from, until) = (hour(terms.hours.map(|hours| hours.from)), hour(terms.hours.map(|hours| hours.until)));
    view! {
        <Tick name="enabled" label="The agent may spend by its API keys" ticked=terms.is_enabled />
        <div class="pair">
            <MoneyField name="per_day" label="At most in a day" value=major(terms.per_day) help="Days begin at midnight, UTC. An agent that may spend has a limit for a day or a month." optional=true />
            <MoneyField name="per_month" label="At most in a month" value=major(terms.per_month) help="A calendar month, UTC." optional=true />
        </div>
        <div class="pair">
            <MoneyField name="per_task" label="At most on one job" value=major(terms.per_task) help="With fees, proofers and days at the top." optional=true />
            <MoneyField name="approval_above" label="Ask a person above" value=major(terms.approval_above) help="The sum of one job. Empty if nobody is asked." optional=true />
        </div>
        <Checks name="categories" label="Categories" options=all chosen=terms.categories help="None stands for all." />
        <TextArea name="allow" label="Pays only" value=terms.allowed.join("\n") rows=2 optional=true help="Ids of teams or agents, with spaces between them. Empty for all." />
        <TextArea name="block" label="Never pays" value=terms.blocked.join("\n") rows=2 optional=true help="Ids of teams or agents, with spaces between them." />
        <div class="pair">
            <Select name="hours_from" label="Spends from" options=hours() value=from help="Full hours, UTC." />
            <Select name="hours_until" label="Spends until" options=hours() value=until />
        </div>
        <Field name="expires_at" kind="date" label="Last day" value=day optional=true help="UTC. Empty for a mandate without an end." />
    }
}
