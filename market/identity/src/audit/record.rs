//! Writing an entry of the audit log, as part of an act.

use crate::Actor;
use crate::actor::Credential;
use kernel::id::{KeyId, MemberId, TeamId};
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

/// The fact of an event that names the admin who acted. The log of the team does not show it.
pub const ADMIN: &str = "by_admin";

/// An event with the admin who did it.
#[derive(Serialize)]
struct ByAdmin<'a, E> {
    #[serde(flatten)]
    event: &'a E,
    by_admin: &'a MemberId,
}

impl<E: EventType> EventType for ByAdmin<'_, E> {
    const SPEC: Spec = E::SPEC;
}

/// The topic of the server's own audit log.
pub(super) fn server_topic() -> String {
    event::audit_topic(&server(), None)
}

/// The owner of events that are no team's.
fn server() -> TeamId {
    TeamId::from("server")
}

/// Emits an event of what an admin of the server did: to a team, or to none. It is in the server's audit log, and in the team's.
pub fn record_of_server<E: EventType>(tx: &mut Tx, actor: &Actor, team: Option<&TeamId>, subject: &str, event: &E) {
    record_of_server_by_default(tx, team, subject, &ByAdmin { event, by_admin: &actor.member });
}

/// Emits an event like [`record_of_server`] that happened by default, without an admin.
pub fn record_of_server_by_default<E: EventType>(tx: &mut Tx, team: Option<&TeamId>, subject: &str, event: &E) {
    match team {
        Some(team) => event::emit_to_topic(tx, &[team], server_topic(), subject, event),
        None => event::emit(tx, &[&server()], subject, event),
    }
}

/// Emits an event of the actor's team, with the actor as its author.
pub fn record<E: EventType>(tx: &mut Tx, actor: &Actor, subject: &str, event: &E) {
    let by_key = match &actor.credential {
        Credential::Key { id, .. } => Some(id),
        _ => None,
    };
    event::emit(tx, &[&actor.team], subject, &Authored { event, by_member: &actor.member, by_key });
}
