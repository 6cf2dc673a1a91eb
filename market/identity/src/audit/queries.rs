//! Reading the audit log.

use super::record::{ADMIN, KEY, MEMBER, server_topic};
use super::{Area, By, Entry};
use crate::{Actor, member};
use kernel::id::{KeyId, MemberId};
use kernel::page::{OFFSET_MAX, Part};
use kernel::{Page, Result};
use platform::db::{Conn, inconsistent};
use platform::event::{self, Event, audit_topic};
use serde_json::Value;
use std::collections::HashMap;

/// Lists the audit log of the actor's team, or one area of it, newest first.
pub async fn list(conn: &mut Conn, actor: &Actor, area: Option<Area>, part: impl Into<Part>) -> Result<Page<Entry>> {
    actor.must_have("teams:read")?;
    let part = part.into();
    let topic = audit_topic(&actor.team, area.map(Area::as_str));
    let total = event::count_told(conn, &topic, OFFSET_MAX).await?;
    let mut names: HashMap<MemberId, String> = HashMap::new();
    let mut entries = Vec::new();
    for event in event::listed(conn, &topic, &part).await? {
        entries.push(entry(conn, &mut names, event).await?);
    }
    Ok(Page::new(entries, total, part.paging))
}

/// Lists the server's own audit log, newest first: what its admins did. For admins.
pub async fn of_server(conn: &mut Conn, actor: &Actor, part: impl Into<Part>) -> Result<Page<Entry>> {
    actor.must_run_the_server()?;
    let part = part.into();
    let total = event::count_told(conn, &server_topic(), OFFSET_MAX).await?;
    let mut names: HashMap<MemberId, String> = HashMap::new();
    let mut entries = Vec::new();
    for event in event::listed(conn, &server_topic(), &part).await? {
        let facts: Value = event.facts()?;
        let admin = facts.get(ADMIN).and_then(text).map(MemberId);
        let mut entry = entry(conn, &mut names, event).await?;
        if let Some(member_id) = admin {
            let found = member::store::find(conn, &member_id).await?;
            let name = found.map_or_else(|| "An admin".to_owned(), |member| member.name);
            entry.by = Some(By { member_id, name, key_id: None });
        }
        entries.push(entry);
    }
    Ok(Page::new(entries, total, part.paging))
}

/// Renders an event as an entry. A member's name is read once, however often they acted.
async fn entry(conn: &mut Conn, names: &mut HashMap<MemberId, String>, event: Event) -> Result<Entry> {
    let mut facts: Value = event.facts()?;
    let mut take = |name: &str| facts.as_object_mut().and_then(|facts| facts.remove(name)).and_then(|value| text(&value));
    // An admin of the server is not named to a team.
    take(ADMIN);
    let (member, key) = (take(MEMBER).map(MemberId), take(KEY).map(KeyId));
    let by = match member {
        None => None,
        Some(member_id) => {
            if !names.contains_key(&member_id) {
                let found = member::store::find(conn, &member_id).await?;
                let author = found.ok_or_else(|| inconsistent("event", event.id.as_str(), "its author is no member"))?;
                names.insert(member_id.clone(), author.name);
            }
            names.get(&member_id).cloned().map(|name| By { member_id, name, key_id: key })
        }
    };
    Ok(Entry { id: event.id, name: event.name, subject: event.subject, facts, by, at: event.at })
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
