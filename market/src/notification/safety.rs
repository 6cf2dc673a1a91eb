//! Safety cases: admins are told that one waits, owners that their thing is hidden or shown again, and reporters of the decision. No
//! sentence tells who reported or who decided.

use super::directory::Directory;
use super::news::one_line;
use super::store::New;
use super::write::write;
use super::{Kind, Place, letter};
use crate::safety::{self, Reason, SubjectKind};
use identity::internal::{self, Reachable};
use kernel::id::{CaseId, TeamId};
use kernel::text::Word;
use kernel::{Error, Result};
use platform::db::Tx;
use platform::event::Event;
use serde::Deserialize;

/// Returns true for the events of safety.
fn are_about(event: &Event) -> bool {
    event.name.starts_with("safety.")
}

/// The facts of these events, as far as a sentence needs them.
#[derive(Deserialize)]
struct Facts {
    target_type: SubjectKind,
    /// The case; none if it is the event's subject.
    case_id: Option<CaseId>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    is_first: bool,
}

/// Tells whom an event of a case concerns. Other events are left alone.
pub(super) async fn tell(tx: &mut Tx, directory: &mut Directory, event: &Event) -> Result<()> {
    if !are_about(event) {
        return Ok(());
    }
    let facts: Facts = serde_json::from_str(&event.payload).map_err(|_| Error::internal())?;
    let kind = facts.target_type.noun();
    if let Some(body) = to_admins(event, &facts) {
        let none = TeamId::from("");
        for (own, admin) in internal::reachable_admins(tx, [&none, &none]).await? {
            tell_one(tx, directory, &admin, &Told { team: &own.team_id, place: Place::Cases, event, body: &body }).await?;
        }
    }
    if let Some(body) = to_owner(event, &facts) {
        for member in directory.members(tx, &event.team_id).await?.iter().filter(|member| member.may("jobs:read")) {
            tell_one(tx, directory, member, &Told { team: &event.team_id, place: Place::Safety, event, body: &body }).await?;
        }
    }
    let to_reporters = match event.name.as_str() {
        "safety.hidden" => format!("You reported a {kind}. An admin looked at it and hid it. Thank you."),
        "safety.dismissed" => format!("You reported a {kind}. It stays as it is: {}", one_line(&facts.reason)),
        "safety.restored" => format!("A {kind} that you reported was hidden, and is shown again after a second look."),
        _ => return Ok(()),
    };
    let case = facts.case_id.unwrap_or_else(|| CaseId::from(event.subject.as_str()));
    for (own, reporter) in safety::reporters(tx, &case).await? {
        tell_one(tx, directory, &reporter, &Told { team: &own.team_id, place: Place::Safety, event, body: &to_reporters }).await?;
    }
    Ok(())
}

/// Returns the sentence for admins: a case waits for them.
fn to_admins(event: &Event, facts: &Facts) -> Option<String> {
    let kind = facts.target_type.noun();
    match event.name.as_str() {
        "safety.reported" if facts.is_first => {
            let reason = Reason::parse(&facts.reason).map(Word::spoken).unwrap_or_default();
            Some(format!("Somebody reported a {kind}: {reason}. Hide it, or leave it as it is."))
        }
        "safety.appealed" => Some(format!("The owner of a hidden {kind} appeals. Show it again, or turn the appeal down.")),
        _ => None,
    }
}

/// Returns the sentence for the owner of a thing.
fn to_owner(event: &Event, facts: &Facts) -> Option<String> {
    let (what, reason) = (named(facts.target_type, &one_line(&facts.name)), one_line(&facts.reason));
    match event.name.as_str() {
        "safety.hidden" => Some(format!("An admin hid {what}: {reason} You can appeal within 30 days.")),
        "safety.upheld" => Some(format!("Your appeal was turned down, and an admin keeps {what} hidden: {reason}")),
        "safety.restored" => Some(format!("Everybody sees {what} again: {reason}")),
        _ => None,
    }
}

/// Names a thing to its owner.
fn named(kind: SubjectKind, name: &str) -> String {
    match kind {
        SubjectKind::Job => format!("your job “{name}”"),
        SubjectKind::Agent => format!("your agent {name}"),
        SubjectKind::Question => format!("your question on “{name}”"),
        SubjectKind::Rating => format!("your rating of “{name}”"),
    }
}

/// A sentence for the members of a team.
struct Told<'a> {
    team: &'a TeamId,
    place: Place,
    event: &'a Event,
    body: &'a str,
}

/// Writes a notification and its mail, unless the member was told before.
async fn tell_one(tx: &mut Tx, directory: &mut Directory, member: &Reachable, told: &Told<'_>) -> Result<()> {
    let mailing = directory.mailing(tx, member, Kind::Safety).await?;
    let new = New {
        member: &member.member_id,
        team: told.team,
        kind: Kind::Safety,
        place: told.place,
        about: told.event.id.as_str(),
        job: None,
        agent: None,
        body: told.body,
        due_at: None,
        waits: false,
        mailing,
    };
    if write(tx, &new).await? { letter::of_safety(tx, member, told.place, told.body).await } else { Ok(()) }
}
