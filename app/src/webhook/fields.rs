//! The fields of an endpoint: its agent, and a box for each event, grouped by the noun that it is about.

use super::loaders::{Choice, DialectEvents};
use super::words::TEAM;
use crate::ui::field::{Select, Tick};
use crate::ui::form::typed_all;
use crate::ui::group::Group;
use leptos::prelude::*;
use market::id::AgentId;
use market::text::capitalised;
use market::wire::{ALL_EVENTS, Dialect, WireEvent};

/// The form's field with the events, as browsers send it.
const FIELD: &str = "events[]";

/// The events that an endpoint hears. Of several dialects, the look shows the boxes of the one that is chosen beside it.
#[component]
pub fn EventFields(
    dialects: Vec<DialectEvents>,
    /// The names that it hears, or `*`.
    heard: Vec<String>,
) -> impl IntoView {
    let typed = typed_all(FIELD);
    let all = heard.iter().any(|name| name == ALL_EVENTS);
    let is_ticked = move |value: &str, name: &str| match &typed {
        Some(typed) => typed.iter().any(|one| one == value),
        None => heard.iter().any(|one| one == name),
    };
    let boxes = dialects.into_iter().map(|DialectEvents { dialect, events }| {
        let groups = by_noun(events).into_iter().map(|(noun, events)| group(dialect, noun, events, &is_ticked)).collect_view();
        view! { <div data-dialect=dialect.as_str()>{groups}</div> }
    });
    let boxes = boxes.collect_view();
    view! {
        <Group name="events" label="Events">
            <Tick name="all" label="All of them, also those that come later" ticked=all />
            <div class="heard">{boxes}</div>
        </Group>
    }
}

/// The agent whose events the endpoint hears; no field without agents.
#[component]
pub fn AgentField(
    agents: Vec<Choice>,
    /// The agent that it belongs to.
    bound: Option<AgentId>,
) -> impl IntoView {
    let options = agents.into_iter().map(|agent| (agent.id.to_string(), agent.name));
    let options: Vec<_> = std::iter::once((TEAM.to_owned(), "All of the team".to_owned())).chain(options).collect();
    (options.len() > 1).then(|| {
        view! {
            <Select name="agent" label="Hears of" options=options value=bound.map_or_else(|| TEAM.to_owned(), |agent| agent.to_string())
                help="One agent’s endpoint hears of its own jobs and reviews alone." />
        }
    })
}

/// The boxes of one noun, open if one of them is ticked.
fn group(dialect: Dialect, noun: &'static str, events: Vec<WireEvent>, is_ticked: &dyn Fn(&str, &str) -> bool) -> impl IntoView + use<> {
    let (all, mut ticked) = (events.len(), 0);
    let boxes = events.into_iter().map(|WireEvent { name, sentence }| {
        let value = format!("{}:{name}", dialect.as_str());
        let is_ticked = is_ticked(&value, name);
        ticked += usize::from(is_ticked);
        view! {
            <label class="check">
                <input type="checkbox" name=FIELD value=value checked=is_ticked />
                <span><span class="mono xs">{name}</span>" "<span class="sub">{sentence.replace('`', "")}</span></span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    let count = if ticked == 0 { format!("{all}") } else { format!("{ticked} of {all}") };
    view! {
        <details open={ticked > 0}>
            <summary>{capitalised(&noun.replace('_', " "))}" "<span class="soft">{count}</span></summary>
            {boxes}
        </details>
    }
}

/// Groups events by the first part of their names, in the order in which the nouns come.
fn by_noun(events: Vec<WireEvent>) -> Vec<(&'static str, Vec<WireEvent>)> {
    let mut groups: Vec<(&'static str, Vec<WireEvent>)> = Vec::new();
    for event in events {
        let noun = event.name.split('.').next().unwrap_or_default();
        match groups.iter_mut().find(|(of, _)| *of == noun) {
            Some((_, events)) => events.push(event),
            None => groups.push((noun, vec![event])),
        }
    }
    groups
}
