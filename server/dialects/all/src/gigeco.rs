//! The webhooks of gigeco, whose routes are not served yet: the body is its reference's, the names are ours.

use market::event::Catalogue;
use market::wire::{Dialect, Envelope, GUILDHALL, Wire};
use serde_json::{Value, json};

/// The wire.
pub(crate) const WIRE: Wire = Wire { dialect: Dialect::Gigeco, events: Catalogue::stream_types, tell: GUILDHALL.tell, body };

/// Renders `{event, timestamp, data{type, id, attributes}}`; the timestamp is in milliseconds, as JavaScript counts.
fn body(envelope: &Envelope<'_>) -> String {
    let noun = envelope.event.split('.').next().unwrap_or_default();
    let mut attributes = envelope.data.clone();
    let id = ["job_id", "id"].iter().find_map(|name| attributes.get(name).cloned());
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

    #[test]
    fn a_body_has_the_reference_s_fields() {
        let id = DeliveryId::from("msg_1");
        let data = json!({ "id": "evt_1", "type": "job.funded", "job_id": "7f", "at": "2026-11-30T00:00:00.000Z", "price": 4500 });
        let text = body(&Envelope { id: &id, event: "job.funded", at: Time::from_ms(1_700), data: &data });
        let read: Value = serde_json::from_str(&text).expect("it is JSON");
        let attributes = json!({ "job_id": "7f", "price": 4500 });
        assert_eq!(
            read,
            json!({ "event": "job.funded", "timestamp": 1700, "data": { "type": "job", "id": "7f", "attributes": attributes } })
        );
    }
}
