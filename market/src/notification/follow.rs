//! The follower of the events: it tells members what happened, and whose move it is.

use super::directory::Directory;
use super::store::{self, New};
use super::write::write;
use super::{Kind, Place, approvals, letter, moves, news, reminder, safety};
use identity::internal::Reachable;
use kernel::Result;
use kernel::id::{JobId, TeamId};
use platform::db::{Conn, Tx};
use platform::event::{self, Catalogue, Event, EventView, Follower, Relation};
use platform::{Market, act};
use std::collections::{BTreeSet, HashMap};
use work::internal::{Turn, turn};

/// The number of events that are handled in one transaction: on SQLite it holds the only writer.
const BATCH: i64 = 64;

/// Handles the next events that nobody has handled; false if there are none. Several processes may call it at once.
pub async fn follow(market: &Market) -> Result<bool> {
    let catalogue = &market.registry.events;
    // All that a reader can read is read before the writer is held. A job that moves on meanwhile has another event, handled next.
    let mut conn = market.read().await?;
    let from = event::followed(&mut conn, Follower::Notifications).await?;
    let events = event::since(&mut conn, from, BATCH).await?;
    let Some(last) = events.last() else { return Ok(false) };
    let mut read = Round::default();
    for event in &events {
        read.look_up(&mut conn, catalogue, event).await?;
    }
    drop(conn);
    act!(market, |tx| handle(tx, catalogue, from, last.seq, &events, read.clone()).await)?;
    Ok(true)
}

/// Tells of the events, unless another process does.
async fn handle(tx: &mut Tx, catalogue: &Catalogue, from: i64, to: i64, events: &[Event], read: Round) -> Result<()> {
    match event::advance(tx, Follower::Notifications, from, to).await? {
        true => read.tell_all(tx, catalogue, events).await,
        false => Ok(()),
    }
}

/// The rows that are read once for a batch.
#[derive(Clone, Default)]
struct Round {
    jobs: BTreeSet<JobId>,
    turns: HashMap<JobId, Option<Turn>>,
    directory: Directory,
}

/// A team that hears of an event, with what it hears and the job.
struct Heard {
    team: TeamId,
    relation: Relation,
    view: EventView,
    job: JobId,
}

/// Lists the teams that hear of an event about a job.
fn heard<'a>(catalogue: &'a Catalogue, event: &'a Event) -> impl Iterator<Item = Heard> + use<'a> {
    let named = event.audience.split(' ').filter(|heard| heard.starts_with("team_"));
    let teams = std::iter::once((event.team_id.clone(), Relation::Own)).chain(named.map(|id| (TeamId::from(id), Relation::Named)));
    teams.filter_map(|(team, relation)| {
        let view = EventView::to(catalogue, event, relation)?;
        let job = view.job_id.clone()?;
        Some(Heard { team, relation, view, job })
    })
}

impl Round {
    /// Reads what telling an event needs.
    async fn look_up(&mut self, conn: &mut Conn, catalogue: &Catalogue, event: &Event) -> Result<()> {
        if approvals::are_about(event) {
            self.directory.members(conn, &event.team_id).await?;
        }
        for Heard { team, job, .. } in heard(catalogue, event) {
            for member in self.directory.members(conn, &team).await?.iter() {
                self.directory.mailing(conn, member, Kind::Move).await?;
            }
            let Some(turn) = self.turn(conn, &job).await?.cloned() else { continue };
            for (_, member) in self.directory.movers(conn, &turn).await? {
                self.directory.mailing(conn, &member, Kind::Move).await?;
            }
        }
        Ok(())
    }

    /// Tells what happened, and then whose move it is.
    async fn tell_all(mut self, tx: &mut Tx, catalogue: &Catalogue, events: &[Event]) -> Result<()> {
        for event in events {
            self.tell(tx, catalogue, event).await?;
            approvals::tell(tx, &mut self.directory, event).await?;
            safety::tell(tx, &mut self.directory, event).await?;
        }
        for job in std::mem::take(&mut self.jobs) {
            self.tell_move(tx, &job).await?;
        }
        Ok(())
    }

    /// Tells the teams of an event what it means for them.
    async fn tell(&mut self, tx: &mut Tx, catalogue: &Catalogue, event: &Event) -> Result<()> {
        for Heard { team, relation, view, job } in heard(catalogue, event) {
            self.jobs.insert(job.clone());
            let place = self.turn(tx, &job).await?.map_or(Place::Hire, |turn| moves::place_of(turn, &team));
            let facts = serde_json::to_value(&view).unwrap_or_default();
            let Some(news) = news::of(&event.name, relation, place, &facts) else { continue };
            for member in self.directory.members(tx, &team).await?.iter() {
                if !member.may("jobs:read") {
                    continue;
                }
                let about = event.id.as_str();
                let notice = Notice { team: &team, kind: news.kind, place: news.place, about, job: &job, body: &news.body };
                self.tell_member(tx, member, &notice, None).await?;
            }
        }
        Ok(())
    }

    async fn turn(&mut self, conn: &mut Conn, job: &JobId) -> Result<Option<&Turn>> {
        if !self.turns.contains_key(job) {
            let read = turn(conn, job).await?;
            self.turns.insert(job.clone(), read);
        }
        Ok(self.turns.get(job).and_then(Option::as_ref))
    }

    /// Tells the members who have a job's next move, and ends what was told of earlier ones.
    async fn tell_move(&mut self, tx: &mut Tx, job: &JobId) -> Result<()> {
        let Some(turn) = self.turn(tx, job).await?.cloned() else { return Ok(()) };
        let about = moves::about(&turn);
        let movers = self.directory.movers(tx, &turn).await?;
        // The timer before the notifications, as the reminder itself takes them.
        match movers.is_empty() {
            true => reminder::clear(tx, job).await?,
            false => reminder::set(tx, &turn, &about).await?,
        }
        for (team, member) in &movers {
            self.tell_of(tx, &turn, team, member, &about).await?;
        }
        let waiting: Vec<_> = movers.into_iter().map(|(_, member)| member.member_id).collect();
        store::end_moves(tx, job, &about, &waiting).await
    }

    /// Tells a member of a job's next move.
    async fn tell_of(&mut self, tx: &mut Tx, turn: &Turn, team: &TeamId, member: &Reachable, about: &str) -> Result<()> {
        let Some(asked) = moves::of(turn, team) else { return Ok(()) };
        let notice = Notice { team, kind: asked.kind, place: asked.place, about, job: &turn.job_id, body: asked.sentence };
        self.tell_member(tx, member, &notice, Some(turn)).await
    }

    /// Writes a notification and its mail, unless the member was told before.
    async fn tell_member(&mut self, tx: &mut Tx, member: &Reachable, notice: &Notice<'_>, turn: Option<&Turn>) -> Result<()> {
        let mailing = self.directory.mailing(tx, member, notice.kind).await?;
        let new = New {
            member: &member.member_id,
            team: notice.team,
            kind: notice.kind,
            place: notice.place,
            about: notice.about,
            job: Some(notice.job),
            agent: None,
            body: notice.body,
            due_at: turn.and_then(|turn| turn.next.at),
            waits: turn.is_some(),
            mailing,
        };
        match write(tx, &new).await? {
            true => letter::at_once(tx, member, notice.kind, notice.job, notice.body, turn).await,
            false => Ok(()),
        }
    }
}

/// A notification for the members of a team.
struct Notice<'a> {
    team: &'a TeamId,
    kind: Kind,
    place: Place,
    about: &'a str,
    job: &'a JobId,
    body: &'a str,
}
