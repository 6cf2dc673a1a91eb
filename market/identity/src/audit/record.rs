//! Writing an entry of the audit log, as part of an act.

use crate::Actor;
use crate::actor::Credential;
use kernel::id::{KeyId, MemberId};
use platform::db::Tx;
use platform::event::{self, EventType, Spec};
use serde::Serialize;

/// The facts that name the author; the log shows them apart from the others.
pub(super) const MEMBER: &str = "by_member";
pub(super) const KEY: &str = "by_key";

/// An event with its author.
#[derive(Serialize)]
struct Authored<'a, E> {
    #[serde(flatten)]
    event: &'a E,
    by_member: &'a MemberId,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_key: Option<&'a KeyId>,
}

impl<E: EventType> EventType for Authored<'_, E> {
    const SPEC: Spec = E::SPEC;
}

/// Emits an event of the actor's team, with the actor as its author.
pub fn record<E: EventType>(tx: &mut Tx, actor: &Actor, subject: &str, event: &E) {
    let by_key = match &actor.credential {
        Credential::Key { id, .. } => Some(id),
        _ => None,
    };
    event::emit(tx, &[&actor.team], subject, &Authored { event, by_member: &actor.member, by_key });
}
