//! The wire of our own: events have the names that they have in streams.

use super::{Dialect, Envelope, Heard, Message, Wire};
use platform::event::Catalogue;
use serde_json::json;
use std::borrow::Cow;

/// The wire without a dialect of others.
pub const GUILDHALL: Wire = Wire { dialect: Dialect::Guildhall, events: Catalogue::stream_types, tell, body, team_wide: &[] };

fn tell(heard: &Heard<'_>) -> Option<Message> {
    let data = serde_json::to_value(heard.view).ok()?;
    Some(Message { event: Cow::Borrowed(heard.view.kind), data })
}

fn body(envelope: &Envelope<'_>) -> String {
    let Envelope { id, event, at, data } = envelope;
    json!({ "id": id, "type": event, "timestamp": at, "data": data }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Time;
    use kernel::id::DeliveryId;
    use serde_json::Value;

    #[test]
    fn a_body_has_four_fields() {
        let (id, data) = (DeliveryId::from("msg_1"), json!({ "n": 1 }));
        let text = body(&Envelope { id: &id, event: "job.posted", at: Time::from_ms(0), data: &data });
        let read: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(read, json!({ "id": "msg_1", "type": "job.posted", "timestamp": "1970-01-01T00:00:00.000Z", "data": { "n": 1 } }));
    }
}
