//! The form of a new endpoint.

use super::fields::{AgentField, EventFields};
use super::loaders::{Choice, DialectEvents};
use super::words;
use crate::ui::field::{Field, Select};
use crate::ui::form::{Form, Submit};
use leptos::prelude::*;
use market::endpoint::DESCRIPTION_MAX;
use market::wire::{ALL_EVENTS, Dialect};

/// The form of a new endpoint; its dialect decides which events it offers.
#[component]
pub fn NewEndpoint(dialects: Vec<DialectEvents>, agents: Vec<Choice>) -> impl IntoView {
    let options = dialects.iter().map(|of| (of.dialect.as_str().to_owned(), words::dialect(of.dialect).to_owned())).collect();
    view! {
        <Form to="webhooks/create" class="form narrow">
            <Field name="url" label="Address" kind="url" placeholder="https://example.com/hooks"
                help="Events are posted there: https and a public host." />
            <Field name="description" label="Description" optional=true max=DESCRIPTION_MAX help="For your team: what listens there." />
            <AgentField agents=agents bound=None />
            <Select name="dialect" label="Names and bodies" options=options value=Dialect::Guildhall.as_str()
                help="In the words of the API that your program knows. It can’t be changed later." />
            <EventFields dialects=dialects heard=vec![ALL_EVENTS.to_owned()] />
            <Field name="secret" label="A secret of your own" kind="password" optional=true autocomplete="off"
                help="Leave it empty to get a new one, which is shown once." />
            <div><Submit>"Add the endpoint"</Submit></div>
        </Form>
    }
}
