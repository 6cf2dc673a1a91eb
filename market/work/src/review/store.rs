//! The tables of seats, verdicts, drafts and rounds.

use super::{Coaching, Desk, Item, Judgement, Point, Review, Round, Seat, SeatStatus, SectionScore, Tally, Verdict};
use crate::application::Application;
use crate::job::{Job, JobKey};
use kernel::id::{AgentId, JobId, SeatId, TeamId, VerdictId};
use kernel::{Error, Result, Time};
use platform::db::{Conn, Tx, json, sql};
use serde::{Deserialize, Serialize};

/// A stored verdict with its proofer.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct VerdictRow {
    pub(super) id: VerdictId,
    pub(super) round: i64,
    pub(super) agent_id: AgentId,
    pub(super) team_id: TeamId,
    pub(super) agent: String,
    pub(super) tie_break: i64,
    pub(super) verdict: Verdict,
    pub(super) score: i64,
    #[serde(deserialize_with = "json")]
    pub(super) sections: Vec<SectionScore>,
    #[serde(deserialize_with = "json")]
    pub(super) items: Vec<Item>,
    pub(super) reason: String,
    pub(super) summary: String,
    pub(super) agent_feedback: String,
    pub(super) submitted_at: Time,
}

/// Stores a job's review.
pub(super) async fn save(tx: &mut Tx, job: &Job, review: &Review) -> Result<()> {
    let rubric = text(&review.settings.rubric)?;
    sql("insert into review (job_key, team_id, proofer_count, proof_fee, tie_break, rubric, round, consensus, round_ends_by, updated_at, proof_rounds) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (job_key) do update set \
         proofer_count = excluded.proofer_count, proof_fee = excluded.proof_fee, tie_break = excluded.tie_break, \
         rubric = excluded.rubric, round = excluded.round, consensus = excluded.consensus, round_ends_by = excluded.round_ends_by, \
         updated_at = excluded.updated_at, proof_rounds = excluded.proof_rounds")
    .bind(job.key)
    .bind(&job.team_id)
    .bind(review.settings.proofer_count)
    .bind(review.settings.proof_fee)
    .bind(review.settings.tie_break)
    .bind(rubric)
    .bind(review.round)
    .bind(review.consensus.map(Verdict::as_str))
    .bind(review.round_ends_by)
    .bind(tx.now)
    .bind(review.settings.proof_rounds)
    .run(tx)
    .await?;
    Ok(())
}

/// Deletes a job's review, because its poster asks for no proofers any more.
pub(super) async fn delete(tx: &mut Tx, job: JobKey) -> Result<()> {
    sql("delete from review where job_key = $1").bind(job).run(tx).await?;
    Ok(())
}

/// Writes a value as the JSON text of a column.
fn text(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|_| Error::internal())
}

macro_rules! select_seats {
    ($rest:literal) => {
        concat!(
            "select s.id, j.id as job_id, s.round, s.application_id, s.agent_id, s.team_id, g.name as agent, s.fee, s.status, \
             s.tie_break, s.due_at from proof_seat s join job j on j.key = s.job_key join agent g on g.id = s.agent_id where ",
            $rest
        )
    };
}

/// Lists the teams whose verdict on a job is due.
pub(crate) async fn silent(conn: &mut Conn, id: &JobId) -> Result<Vec<TeamId>> {
    sql("select s.team_id from proof_seat s join job j on j.key = s.job_key join review v on v.job_key = j.key \
         where j.id = $1 and s.round = v.round and s.status = 'funded' order by s.id")
    .bind(id)
    .all(conn)
    .await
}

/// Lists the seats of a round, in the order they were given.
pub(super) async fn seats(conn: &mut Conn, job: JobKey, round: i64) -> Result<Vec<Seat>> {
    sql(select_seats!("s.job_key = $1 and s.round = $2 order by s.created_at, s.id")).bind(job).bind(round).all(conn).await
}

/// Finds a team's seat in a round.
pub(super) async fn seat_of(conn: &mut Conn, job: JobKey, round: i64, team: &TeamId) -> Result<Option<Seat>> {
    sql(select_seats!("s.job_key = $1 and s.round = $2 and s.team_id = $3")).bind(job).bind(round).bind(team).optional(conn).await
}

/// Inserts a seat for an accepted applicant; false if the team has or had a seat in the round.
pub(super) async fn insert_seat(tx: &mut Tx, job: &Job, application: &Application, tie_break: bool) -> Result<bool> {
    let made = sql("insert into proof_seat (id, job_key, round, application_id, agent_id, team_id, fee, status, tie_break, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, 'accepted', $8, $9) on conflict (job_key, round, team_id) do nothing")
    .bind(&SeatId::new())
    .bind(job.key)
    .bind(job.round())
    .bind(&application.id)
    .bind(&application.agent_id)
    .bind(&application.team_id)
    .bind(application.price)
    .bind(tie_break)
    .bind(tx.now)
    .run(tx)
    .await?;
    Ok(made == 1)
}

/// Deletes an accepted seat and its draft; false if it is not accepted, or funded by now.
pub(super) async fn remove_seat(tx: &mut Tx, seat: &SeatId) -> Result<bool> {
    drop_draft(tx, seat).await?;
    let removed = sql("delete from proof_seat where id = $1 and status = 'accepted'").bind(seat).run(tx).await?;
    Ok(removed == 1)
}

/// Copies the seats of the last round to the current one.
pub(super) async fn copy_seats(tx: &mut Tx, job: &Job, last: &[Seat]) -> Result<()> {
    for seat in last {
        sql("insert into proof_seat (id, job_key, round, application_id, agent_id, team_id, fee, status, tie_break, created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, 'accepted', 0, $8) on conflict (job_key, round, team_id) do nothing")
        .bind(&SeatId::new())
        .bind(job.key)
        .bind(job.round())
        .bind(&seat.application_id)
        .bind(&seat.agent_id)
        .bind(&seat.team_id)
        .bind(job.proof_fee())
        .bind(tx.now)
        .run(tx)
        .await?;
    }
    Ok(())
}

/// Marks the accepted seats of the round as funded, with their deadline.
pub(super) async fn start_seats(tx: &mut Tx, job: &Job) -> Result<()> {
    sql("update proof_seat set status = 'funded', due_at = $1 where job_key = $2 and round = $3 and status = 'accepted'")
        .bind(job.due_at)
        .bind(job.key)
        .bind(job.round())
        .run(tx)
        .await?;
    Ok(())
}

/// Changes the status of a seat; an error if it has changed meanwhile.
pub(super) async fn move_seat(tx: &mut Tx, seat: &Seat, to: SeatStatus) -> Result<()> {
    let settled = matches!(to, SeatStatus::Paid | SeatStatus::Freed).then_some(tx.now);
    let moved = sql("update proof_seat set status = $1, settled_at = $2 where id = $3 and status = $4")
        .bind(to.as_str())
        .bind(settled)
        .bind(&seat.id)
        .bind(seat.status.as_str())
        .run(tx)
        .await?;
    if moved == 1 { Ok(()) } else { Err(Error::try_again()) }
}

/// Stores a verdict and returns its row; none if the seat has one.
pub(super) async fn insert(tx: &mut Tx, job: JobKey, seat: &Seat, judged: &Judgement) -> Result<Option<VerdictRow>> {
    let row = VerdictRow {
        id: VerdictId::new(),
        round: seat.round,
        agent_id: seat.agent_id.clone(),
        team_id: seat.team_id.clone(),
        agent: seat.agent.clone(),
        tie_break: seat.tie_break.into(),
        verdict: judged.verdict,
        score: judged.score,
        sections: judged.sections.clone(),
        items: judged.revision_items.clone(),
        reason: judged.reason.clone(),
        summary: judged.summary.clone(),
        agent_feedback: judged.agent_feedback.clone(),
        submitted_at: tx.now,
    };
    let made = sql(
        "insert into proof (id, seat_id, job_key, round, verdict, score, sections, items, reason, summary, agent_feedback, submitted_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (seat_id) do nothing",
    )
    .bind(&row.id)
    .bind(&seat.id)
    .bind(job)
    .bind(row.round)
    .bind(row.verdict.as_str())
    .bind(row.score)
    .bind(text(&row.sections)?)
    .bind(text(&row.items)?)
    .bind(&row.reason)
    .bind(&row.summary)
    .bind(&row.agent_feedback)
    .bind(row.submitted_at)
    .run(tx)
    .await?;
    Ok((made == 1).then_some(row))
}

/// Lists all verdicts on a job, newest round first, within a round in the order of the seats.
pub(super) async fn verdicts(conn: &mut Conn, job: JobKey) -> Result<Vec<VerdictRow>> {
    sql("select p.id, p.round, s.agent_id, s.team_id, g.name as agent, s.tie_break, p.verdict, p.score, p.sections, p.items, p.reason, \
         p.summary, p.agent_feedback, p.submitted_at from proof p join proof_seat s on s.id = p.seat_id join agent g on g.id = s.agent_id \
         where p.job_key = $1 order by p.round desc, s.created_at, s.id")
    .bind(job)
    .all(conn)
    .await
}

/// Stores the result of a round.
pub(super) async fn decide(tx: &mut Tx, job: &Job, consensus: Verdict, tally: Tally, score: i64) -> Result<()> {
    sql("insert into proof_round (job_key, round, consensus, approve, needs_revision, reject, score, decided_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(job.key)
    .bind(job.round())
    .bind(consensus.as_str())
    .bind(tally.approve)
    .bind(tally.needs_revision)
    .bind(tally.reject)
    .bind(score)
    .bind(tx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Lists the decided rounds of a job, newest first.
pub(super) async fn rounds(conn: &mut Conn, job: JobKey) -> Result<Vec<Round>> {
    sql("select round, consensus, approve, needs_revision, reject, score, decided_at from proof_round where job_key = $1 order by round desc")
        .bind(job)
        .all(conn)
        .await
}

/// Saves a draft; false if it was saved elsewhere since the desk read it. Without a desk it replaces any.
pub(super) async fn save_draft(tx: &mut Tx, seat: &SeatId, body: &str, desk: Option<&Desk>) -> Result<bool> {
    let saved = sql("insert into proof_draft (seat_id, body, saved_at, saved_by) values ($1, $2, $3, $4) \
         on conflict (seat_id) do update set body = excluded.body, saved_at = excluded.saved_at, saved_by = excluded.saved_by \
         where $4 = '' or proof_draft.saved_by = $4 or proof_draft.saved_at = $5")
    .bind(seat)
    .bind(body)
    .bind(tx.now)
    .bind(desk.map_or("", |desk| &desk.place))
    .bind(desk.and_then(|desk| desk.read))
    .run(tx)
    .await?;
    Ok(saved == 1)
}

/// Returns a draft and the time it was saved.
pub(super) async fn draft(conn: &mut Conn, seat: &SeatId) -> Result<Option<(String, Time)>> {
    #[derive(Deserialize)]
    struct Kept {
        body: String,
        saved_at: Time,
    }
    let kept: Option<Kept> = sql("select body, saved_at from proof_draft where seat_id = $1").bind(seat).optional(conn).await?;
    Ok(kept.map(|kept| (kept.body, kept.saved_at)))
}

/// Deletes a draft.
pub(super) async fn drop_draft(tx: &mut Tx, seat: &SeatId) -> Result<()> {
    sql("delete from proof_draft where seat_id = $1").bind(seat).run(tx).await?;
    Ok(())
}

/// Returns true if a member of the team also belongs to another team that has a seat in the job's current round.
pub(super) async fn shares_a_seat(conn: &mut Conn, job: &Job, team: &TeamId) -> Result<bool> {
    let shared = sql("select count(*) from proof_seat s join team_member a on a.team_id = s.team_id \
         join team_member b on b.member_id = a.member_id where s.job_key = $1 and s.round = $2 \
         and s.status <> 'freed' and s.team_id <> $3 and b.team_id = $3");
    Ok(shared.bind(job.key).bind(job.round()).bind(team).count(conn).await? > 0)
}

/// Returns true if the poster's team has paid the other for work since then.
pub(super) async fn worked_for(conn: &mut Conn, poster: &TeamId, worker: &TeamId, since: Time) -> Result<bool> {
    let jobs = sql("select count(*) from job where closed_at >= $3 and escrow in ('released', 'split') \
         and team_id = $1 and worker_team_id = $2");
    Ok(jobs.bind(poster).bind(worker).bind(since).count(conn).await? > 0)
}

/// Returns true if the poster's team has paid the other for a verdict since then.
pub(super) async fn proofed_for(conn: &mut Conn, poster: &TeamId, proofer: &TeamId, since: Time) -> Result<bool> {
    let proofs = sql("select count(*) from proof_seat s join job j on j.key = s.job_key where s.status = 'paid' and s.settled_at >= $3 \
         and j.team_id = $1 and s.team_id = $2");
    Ok(proofs.bind(poster).bind(proofer).bind(since).count(conn).await? > 0)
}

/// A verdict on a worker, for statistics.
#[derive(Deserialize)]
pub(super) struct VerdictSample {
    pub(super) score: i64,
    #[serde(deserialize_with = "json")]
    pub(super) sections: Vec<SectionScore>,
    #[serde(deserialize_with = "json")]
    pub(super) items: Vec<Item>,
}

/// Lists the decided rounds of a worker's jobs since then, oldest first.
pub(super) async fn points(conn: &mut Conn, worker: &TeamId, since: Time) -> Result<Vec<Point>> {
    sql("select j.id as job_id, j.title, r.round, r.score, r.consensus, r.decided_at as at from proof_round r join job j on j.key = r.job_key \
         where j.worker_team_id = $1 and r.decided_at >= $2 order by r.decided_at desc, r.job_key limit 500")
    .bind(worker)
    .bind(since)
    .long()
    .all(conn)
    .await
    .map(|mut points: Vec<Point>| {
        points.reverse();
        points
    })
}

/// Lists the verdicts of those rounds.
pub(super) async fn verdict_samples(conn: &mut Conn, worker: &TeamId, since: Time) -> Result<Vec<VerdictSample>> {
    sql("select p.score, p.sections, p.items from proof_round r join job j on j.key = r.job_key \
         join proof p on p.job_key = r.job_key and p.round = r.round \
         where j.worker_team_id = $1 and r.decided_at >= $2 order by r.decided_at desc limit 2000")
    .bind(worker)
    .bind(since)
    .long()
    .all(conn)
    .await
}

/// Lists the last ten pieces of feedback of those rounds, newest first.
pub(super) async fn coaching(conn: &mut Conn, worker: &TeamId, since: Time) -> Result<Vec<Coaching>> {
    sql("select j.id as job_id, j.title, p.agent_feedback as text, r.decided_at as at from proof_round r join job j on j.key = r.job_key \
         join proof p on p.job_key = r.job_key and p.round = r.round \
         where j.worker_team_id = $1 and r.decided_at >= $2 and p.agent_feedback <> '' order by r.decided_at desc, p.id limit 10")
    .bind(worker)
    .bind(since)
    .long()
    .all(conn)
    .await
}
