//! Emitting an event, as part of an act.

use super::{EventType, NewEvent, audit_topic};
use crate::db::Tx;
use kernel::id::TeamId;

/// Emits an event about `subject`. It is written with the act's commit, or not at all.
///
/// The first team is the event's own; only the listed teams receive it.
pub fn emit<E: EventType>(tx: &mut Tx, to: &[&TeamId], subject: &str, event: &E) {
    emit_to_topics(tx, to, [], subject, event);
}

/// Emits an event also to every team that follows the topic.
pub fn emit_to_topic<E: EventType>(tx: &mut Tx, to: &[&TeamId], topic: String, subject: &str, event: &E) {
    emit_to_topics(tx, to, [topic], subject, event);
}

/// Emits an event also to every team that follows one of the topics. [`PUBLIC`](super::PUBLIC) puts it into the public activity.
pub fn emit_to_topics<E: EventType>(tx: &mut Tx, to: &[&TeamId], topics: impl IntoIterator<Item = String>, subject: &str, event: &E) {
    let name = E::SPEC.name;
    let Some((team, others)) = to.split_first() else {
        debug_assert!(false, "{name} has no team");
        return;
    };
    let mut audience: Vec<String> = Vec::new();
    for other in others {
        if other != team && !audience.iter().any(|heard| heard == other.as_str()) {
            audience.push(other.as_str().to_owned());
        }
    }
    audience.extend(topics);
    if let Some(area) = E::SPEC.audited {
        audience.extend([audit_topic(team, None), audit_topic(team, Some(area))]);
    }
    let payload = serde_json::to_string(event).expect("our own facts serialise");
    tx.emit(NewEvent { team: (*team).clone(), audience, name, subject: subject.to_owned(), payload });
}
