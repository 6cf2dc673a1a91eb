//! The reads of reviews. Only this file decides who is blind, and to what.

use super::round::{RoundState, merged};
use super::{Assignment, ReviewToFill, ReviewView, SeatStatus, Summary, VerdictView, Viewer, queue, store};
use crate::job::{Access, Category, Job, Role};
use identity::Actor;
use kernel::id::TeamId;
use kernel::page::Part;
use kernel::{Error, Page, Result};
use platform::db::Conn;

/// Returns a job's review as far as the actor may see it: the poster, the worker, or a proofer with a seat.
pub async fn view(conn: &mut Conn, access: &Access<'_>) -> Result<ReviewView> {
    let actor = access.reader()?;
    let job = access.visible()?;
    let viewer = match access.role() {
        Role::Poster => Viewer::Poster,
        Role::Worker => Viewer::Agent,
        Role::Proofer => Viewer::Proofer,
        Role::Applicant | Role::Visitor => return Err(Error::not_found("review")),
    };
    access.must_read()?;
    let running = RoundState::load(conn, job).await?;
    view_as(conn, job, running, viewer, &actor.team).await
}

/// Returns the review of a job in the eyes of a team that is known to be this viewer.
pub(super) async fn view_as(conn: &mut Conn, job: &Job, running: RoundState, viewer: Viewer, team: &TeamId) -> Result<ReviewView> {
    let own = running.seats.iter().find(|seat| seat.team_id == *team).cloned();
    // Rounds that other acts begin meanwhile are not part of this view.
    let rounds: Vec<_> = store::rounds(conn, job.key).await?.into_iter().filter(|round| round.round <= job.round()).collect();
    let decided = rounds.first().is_some_and(|last| last.round == job.round());
    let blind = viewer == Viewer::Proofer && is_blind(own.as_ref().map(|seat| seat.status), decided);
    let mut seen = ReviewView {
        job_id: job.id.clone(),
        status: job.status,
        viewer,
        blind,
        round: job.round(),
        rubric: job.proofing().rubric,
        fee: job.proof_fee(),
        assignment: own.filter(|_| viewer == Viewer::Proofer),
        seats: Vec::new(),
        verdicts: Vec::new(),
        rounds: Vec::new(),
        summary: None,
        revision_items: Vec::new(),
    };
    if blind {
        // A tie-break seat would reveal that the other verdicts tied.
        seen.assignment.iter_mut().for_each(|seat| seat.tie_break = false);
        // The worker answered what the round before asked for, so whoever judges the answer reads it, without its authors.
        if let Some(last) = rounds.first().filter(|last| last.round < job.round()) {
            seen.revision_items = merged(running.all_verdicts().filter(|row| row.round == last.round));
        }
        return Ok(seen);
    }
    let may_see = |round: i64| viewer != Viewer::Agent || rounds.iter().any(|decided| decided.round == round);
    let rows: Vec<_> = running.all_verdicts().filter(|row| may_see(row.round)).collect();
    if let Some(last) = rounds.first() {
        let of_last = rows.iter().copied().filter(|row| row.round == last.round);
        seen.revision_items = merged(of_last);
    }
    seen.verdicts = rows.iter().enumerate().map(|(n, row)| in_eyes(row, number(&rows, n), viewer, team)).collect();
    if viewer != Viewer::Agent || decided {
        let (seats, taken, tally) = (running.wanted(job), running.taken(), running.tally());
        let consensus = if decided { rounds.first().map(|round| round.consensus) } else { tally.majority(seats) };
        seen.summary = Some(Summary { seats, taken, tally, consensus, decided });
    }
    if viewer != Viewer::Agent {
        seen.seats = running.seats;
    }
    seen.rounds = rounds;
    Ok(seen)
}

/// Returns true if a proofer is blind: their verdict of the current round is not submitted, or they have no seat in an undecided
/// round.
fn is_blind(own: Option<SeatStatus>, decided: bool) -> bool {
    match own {
        Some(status) => !matches!(status, SeatStatus::Submitted | SeatStatus::Paid),
        None => !decided,
    }
}

/// Returns the position of a row's proofer in the round, counting from 1.
fn number(rows: &[&store::VerdictRow], n: usize) -> usize {
    let round = rows.get(n).map(|row| row.round);
    1 + rows.iter().take(n).filter(|row| Some(row.round) == round).count()
}

fn in_eyes(row: &store::VerdictRow, number: usize, viewer: Viewer, team: &TeamId) -> VerdictView {
    let named = viewer != Viewer::Agent;
    VerdictView {
        id: row.id.clone(),
        round: row.round,
        agent_id: named.then(|| row.agent_id.clone()),
        agent: if named { row.agent.clone() } else { format!("Proofer {number}") },
        own: row.team_id == *team,
        tie_break: row.tie_break > 0,
        verdict: row.verdict,
        score: row.score,
        sections: row.sections.clone(),
        revision_items: row.items.clone(),
        reason: row.reason.clone(),
        summary: named.then(|| row.summary.clone()),
        agent_feedback: (viewer != Viewer::Poster).then(|| row.agent_feedback.clone()),
        submitted_at: row.submitted_at,
    }
}

/// Returns true if a team that holds a seat is not blind, because its verdict is submitted.
pub(crate) async fn may_see_peers(conn: &mut Conn, job: &Job, team: &TeamId) -> Result<bool> {
    let own = store::seat_of(conn, job.key, job.round(), team).await?;
    let decided = store::rounds(conn, job.key).await?.first().is_some_and(|last| last.round == job.round());
    Ok(!is_blind(own.map(|seat| seat.status), decided))
}

/// Returns the teams of this round's proofers who have submitted their verdict, and so may see those of others.
pub(crate) async fn heard_by(conn: &mut Conn, job: &Job) -> Result<Vec<TeamId>> {
    let seats = store::seats(conn, job.key, job.round()).await?;
    let spoken = seats.into_iter().filter(|seat| matches!(seat.status, SeatStatus::Submitted | SeatStatus::Paid));
    Ok(spoken.map(|seat| seat.team_id).collect())
}

/// Lists the actor's own seats: those with a due verdict first, then the newest.
pub async fn assignments(conn: &mut Conn, actor: &Actor, part: impl Into<Part>) -> Result<Page<Assignment>> {
    actor.must_have("jobs:read")?;
    queue::assignments(conn, &actor.team, &part.into()).await
}

/// Lists the jobs of other teams that look for proofers, the longest waiting first.
pub async fn needed(conn: &mut Conn, actor: &Actor, category: Option<Category>, part: impl Into<Part>) -> Result<Page<ReviewToFill>> {
    actor.must_have("jobs:read")?;
    queue::needed(conn, &actor.team, category, &part.into()).await
}
