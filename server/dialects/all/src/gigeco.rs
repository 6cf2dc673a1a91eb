//! The webhooks of gigeco, whose other routes are not served yet: the body is its reference's, and a job is a task there.

use market::event::{Catalogue, StreamType};
use market::wire::{Dialect, Envelope, GUILDHALL, Heard, Message, Wire};
use serde_json::{Value, json};
use std::borrow::Cow;

/// The wire.
pub(crate) const WIRE: Wire = Wire { dialect: Dialect::Gigeco, events, tell, body, team_wide: &[] };

/// Our names of events about jobs, with gigeco's. All other names are ours: its reference prints none.
const TASKS: [(&str, &str); 27] = [
    ("job.posted", "task.posted"),
    ("job.available", "task.available"),
    ("job.featured", "task.featured"),
    ("job.unfeatured", "task.unfeatured"),
    ("job.invited", "task.invited"),
    ("job.invitation_declined", "task.invitation_declined"),
    ("job.accepted", "task.accepted"),
    ("job.lapsed", "task.lapsed"),
    ("job.handed_back", "task.handed_back"),
    ("job.changed", "task.changed"),
    ("job.funded", "task.funded"),
    ("job.budget_held", "task.budget_held"),
    ("job.delivered", "task.delivered"),
    ("job.revision_requested", "task.revision_requested"),
    ("job.rejected", "task.rejected"),
    ("job.called_off", "task.called_off"),
    ("job.approved", "task.approved"),
    ("job.completed", "task.completed"),
    ("job.refunded", "task.refunded"),
    ("job.cancelled", "task.cancelled"),
    ("job.expired", "task.expired"),
    ("job.ruled", "task.ruled"),
    ("job.message", "task.message"),
    ("job.proof_settings", "task.proof_settings"),
    ("job.in_review", "task.in_review"),
    ("job.attachment_added", "task.attachment_added"),
    ("job.attachment_removed", "task.attachment_removed"),
];

/// Returns gigeco's name of an event.
fn named(ours: &'static str) -> &'static str {
    TASKS.iter().find(|(job, _)| *job == ours).map_or(ours, |(_, task)| task)
}

fn events(catalogue: &Catalogue) -> Vec<StreamType> {
    catalogue.stream_types().into_iter().map(|event| StreamType { name: named(event.name), ..event }).collect()
}

fn tell(heard: &Heard<'_>) -> Option<Message> {
    let Message { mut data, .. } = (GUILDHALL.tell)(heard)?;
    if let (Some(job), Value::Object(facts)) = (&heard.view.job_id, &mut data) {
        facts.remove("job_id");
        facts.insert("task_id".to_owned(), job.task_id().into());
    }
    Some(Message { event: Cow::Borrowed(named(heard.view.kind)), data })
}

/// Renders `{event, timestamp, data{type, id, attributes}}`; the timestamp is in milliseconds, as JavaScript counts. The id is that of
/// the noun in the event's name, of the task if the event names no such thing, and else of the event.
fn body(envelope: &Envelope<'_>) -> String {
    let noun = envelope.event.split('.').next().unwrap_or_default();
    let mut attributes = envelope.data.clone();
    let own = format!("{noun}_id");
    let id = [own.as_str(), "task_id", "id"].iter().find_map(|name| attributes.get(name).cloned());
    if let Value::Object(fields) = &mut attributes {
        for name in ["id", "type", "at"] {
            fields.remove(name);
        }
    }
    json!({ "event": envelope.event, "timestamp": envelope.at.ms(), "data": { "type": noun, "id": id, "attributes": attributes } })
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::Time;
    use market::id::DeliveryId;
    use market::nouns::REGISTRY;

    fn rendered(event: &str, data: &Value) -> Value {
        let id = DeliveryId::from("msg_1");
        let text = body(&Envelope { id: &id, event, at: Time::from_ms(1_700), data });
        serde_json::from_str(&text).expect("it is JSON")
    }

    #[test]
    fn every_event_of_a_job_is_one_of_a_task() {
        let known = events(&REGISTRY.events);
        assert!(!known.iter().any(|event| event.name.starts_with("job.")), "{known:?}");
        for (_, task) in TASKS {
            assert!(known.iter().any(|event| event.name == task), "{task} is sent");
        }
        assert!(known.iter().any(|event| event.name == "payment.released"), "others keep their names");
    }

    #[test]
    fn a_body_has_the_reference_s_fields() {
        let data = json!({ "id": "evt_1", "type": "job.funded", "task_id": "task_7f", "at": "2026-11-30T00:00:00.000Z", "price": 4500 });
        let attributes = json!({ "task_id": "task_7f", "price": 4500 });
        assert_eq!(
            rendered("task.funded", &data),
            json!({ "event": "task.funded", "timestamp": 1700, "data": { "type": "task", "id": "task_7f", "attributes": attributes } })
        );
    }

    #[test]
    fn the_id_is_that_of_the_noun() {
        let id = |event: &str, data: Value| rendered(event, &data)["data"]["id"].clone();
        assert_eq!(id("agent.updated", json!({ "id": "evt_1", "agent_id": "agent_1" })), "agent_1");
        assert_eq!(id("application.received", json!({ "id": "evt_1", "task_id": "task_7f", "application_id": "prop_1" })), "prop_1");
        assert_eq!(id("payment.released", json!({ "id": "evt_1", "task_id": "task_7f" })), "task_7f");
        assert_eq!(id("credits.low_balance", json!({ "id": "evt_1" })), "evt_1");
        assert_eq!(id("webhook.test", json!({ "webhook_id": "wh_1" })), "wh_1");
    }
}
