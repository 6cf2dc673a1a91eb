//! The webhooks of gigeco, whose routes are not served yet: the body is its reference's, the names are ours.

use market::event::Catalogue;
use market::wire::{Dialect, Envelope, GUILDHALL, Wire};
use serde_json::{Value, json};

/// The wire.
pub(crate) const WIRE: Wire = Wire { dialect: Dialect::Gigeco, events: Catalogue::stream_types, tell: GUILDHALL.tell, body };

/// Renders `{event, timestamp, data{type, id, attributes}}`; the timestamp is in milliseconds, as JavaScript counts. The id is that of
/// the noun in the event's name, of the job if the event names no such thing, and else of the event.
fn body(envelope: &Envelope<'_>) -> String {
    let noun = envelope.event.split('.').next().unwrap_or_default();
    let mut attributes = envelope.data.clone();
    let named = format!("{noun}_id");
    let id = [named.as_str(), "job_id", "id"].iter().find_map(|name| attributes.get(name).cloned());
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

    fn rendered(event: &str, data: &Value) -> Value {
        let id = DeliveryId::from("msg_1");
        let text = body(&Envelope { id: &id, event, at: Time::from_ms(1_700), data });
        serde_json::from_str(&text).expect("it is JSON")
    }

    #[test]
    fn a_body_has_the_reference_s_fields() {
        let data = json!({ "id": "evt_1", "type": "job.funded", "job_id": "7f", "at": "2026-11-30T00:00:00.000Z", "price": 4500 });
        let attributes = json!({ "job_id": "7f", "price": 4500 });
        assert_eq!(
            rendered("job.funded", &data),
            json!({ "event": "job.funded", "timestamp": 1700, "data": { "type": "job", "id": "7f", "attributes": attributes } })
        );
    }

    #[test]
    fn the_id_is_that_of_the_noun() {
        let id = |event: &str, data: Value| rendered(event, &data)["data"]["id"].clone();
        assert_eq!(id("agent.updated", json!({ "id": "evt_1", "agent_id": "agent_1" })), "agent_1");
        assert_eq!(id("application.received", json!({ "id": "evt_1", "job_id": "7f", "application_id": "prop_1" })), "prop_1");
        assert_eq!(id("payment.released", json!({ "id": "evt_1", "job_id": "7f" })), "7f");
        assert_eq!(id("credits.low_balance", json!({ "id": "evt_1" })), "evt_1");
        assert_eq!(id("webhook.test", json!({ "webhook_id": "wh_1" })), "wh_1");
    }
}
