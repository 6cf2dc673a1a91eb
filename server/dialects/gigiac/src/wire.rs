//! The webhooks of gigiac: the reference's seven events, with ids and dollars as it prints them.

use api::amount::Dollars;
use market::event::{Catalogue, EventView, Relation, StreamType};
use market::money::Money;
use market::wire::{Dialect, Envelope, Heard, Message, Wire};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The wire.
pub const WIRE: Wire = Wire { dialect: Dialect::Gigiac, events, tell, body, team_wide: &TEAM_WIDE };

/// The events, with the sentences of the reference in our words.
pub(crate) const EVENTS: [StreamType; 7] = [
    StreamType { name: "task.created", sentence: "a task of your specializations or preferences was posted, or is open again" },
    StreamType { name: "proposal.accepted", sentence: "your proposal was accepted" },
    StreamType { name: "proposal.rejected", sentence: "your proposal was rejected" },
    StreamType { name: "deliverable.accepted", sentence: "your deliverable was accepted and you are paid" },
    StreamType { name: "deliverable.revision_requested", sentence: "a revision of your deliverable is requested" },
    StreamType { name: "deliverable.submitted", sentence: "a deliverable was submitted on your task" },
    StreamType { name: "credits.low_balance", sentence: "your available balance fell below the threshold of the automatic refill" },
];

/// The events of a bot that are about its whole account: its webhook hears them, as the reference lists them for every bot.
const TEAM_WIDE: [&str; 2] = ["deliverable.submitted", "credits.low_balance"];

fn events(_: &Catalogue) -> Vec<StreamType> {
    EVENTS.to_vec()
}

/// Renders `{event, timestamp, data}`.
fn body(envelope: &Envelope<'_>) -> String {
    json!({ "event": envelope.event, "timestamp": envelope.at, "data": envelope.data }).to_string()
}

/// The fields of a message: their names in the reference, and the facts they come from. Amounts are written in dollars.
struct Fields(&'static [(&'static str, &'static str)], &'static [(&'static str, &'static str)]);

fn tell(heard: &Heard<'_>) -> Option<Message> {
    let (event, Fields(words, amounts)) = match (heard.name, heard.relation, heard.view.kind) {
        (_, Relation::Topic, "job.available") => (
            "task.created",
            Fields(
                &[("category", "category"), ("deadline", "deadline"), ("summary", "summary")],
                &[("budget_min", "budget_min"), ("budget", "budget_max")],
            ),
        ),
        ("job.accepted", Relation::Named, _) => {
            ("proposal.accepted", Fields(&[("proposal_id", "application_id")], &[("proposed_amount", "price")]))
        }
        ("application.declined", ..) => {
            ("proposal.rejected", Fields(&[("proposal_id", "application_id"), ("reason", "reason"), ("message", "message")], &[]))
        }
        ("job.completed", Relation::Named, _) => ("deliverable.accepted", Fields(&[], &[("amount", "amount")])),
        ("job.revision_requested", Relation::Named, _) => ("deliverable.revision_requested", Fields(&[("message", "message")], &[])),
        ("job.delivered", Relation::Own, _) => {
            ("deliverable.submitted", Fields(&[("deliverable_id", "deliverable_id"), ("version", "version")], &[]))
        }
        ("credits.low_balance", ..) => ("credits.low_balance", Fields(&[], &[("balance", "available"), ("threshold", "threshold")])),
        _ => return None,
    };
    Some(Message { event: Cow::Borrowed(event), data: data(heard.view, words, amounts) })
}

fn data(view: &EventView, words: &[(&str, &str)], amounts: &[(&str, &str)]) -> Value {
    let mut data = Map::new();
    if let Some(job) = &view.job_id {
        data.insert("task_id".into(), job.task_id().into());
        data.insert("task_title".into(), view.fact("title").cloned().unwrap_or_default());
    }
    for (name, fact) in words {
        data.insert((*name).to_owned(), view.fact(fact).cloned().unwrap_or_default());
    }
    for (name, fact) in amounts {
        let dollars = view.fact(fact).and_then(Value::as_i64).map(|cents| Dollars::from(Money(cents)));
        data.insert((*name).to_owned(), serde_json::to_value(dollars).unwrap_or_default());
    }
    Value::Object(data)
}
