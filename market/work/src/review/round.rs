//! A round from its seats to its consensus. The end of a round settles every seat: it is paid, or freed and refunded.

use super::consensus::TIED;
use super::events::{Assigned, Decided, Ended, Expired, Needed, ReviewStarted, Settled, Tied, Unfilled};
use super::{Item, Priority, Seat, SeatStatus, Tally, Verdict, consensus, store, unfunded};
use crate::job::{self, Job, Status, Step};
use crate::{application, escrow, message};
use identity::mandate::Counterparty;
use identity::{Actor, suspension};
use kernel::id::TeamId;
use kernel::{Error, Kind, Money, Result};
use platform::db::{Conn, Tx};
use platform::event;
use platform::ledger::{self, Account};

/// The state of a job's current round, as an act or a read loaded it: its seats, its verdicts, and those of earlier rounds.
pub(super) struct RoundState {
    pub(super) seats: Vec<Seat>,
    verdicts: Vec<store::VerdictRow>,
    earlier: Vec<store::VerdictRow>,
}

impl RoundState {
    pub(super) async fn load(conn: &mut Conn, job: &Job) -> Result<Self> {
        let seats = store::seats(conn, job.key, job.round()).await?;
        let all = store::verdicts(conn, job.key).await?;
        // A round that another act began meanwhile is not part of this job as it was read.
        let known = all.into_iter().filter(|given| given.round <= job.round());
        let (verdicts, earlier) = known.partition(|given| given.round == job.round());
        Ok(Self { seats, verdicts, earlier })
    }

    /// Lists the verdicts of all rounds, newest round first.
    pub(super) fn all_verdicts(&self) -> impl Iterator<Item = &store::VerdictRow> {
        self.verdicts.iter().chain(&self.earlier)
    }

    /// Takes a verdict that was submitted just now, in the order of the seats.
    pub(super) fn take(&mut self, given: store::VerdictRow) {
        let place = |team: &TeamId| self.seats.iter().position(|seat| seat.team_id == *team);
        let at = self.verdicts.iter().take_while(|other| place(&other.team_id) < place(&given.team_id)).count();
        self.seats.iter_mut().filter(|seat| seat.team_id == given.team_id).for_each(|seat| seat.status = SeatStatus::Submitted);
        self.verdicts.insert(at, given);
    }

    /// Counts the seats that are not freed.
    pub(super) fn taken(&self) -> i64 {
        self.seats.iter().filter(|seat| seat.status != SeatStatus::Freed).count() as i64
    }

    /// Returns the number of seats of the round: one more than were asked for once they tie and a tie-break is wanted.
    pub(super) fn wanted(&self, job: &Job) -> i64 {
        job.proofer_count() + i64::from(self.broken() || self.needs_tie_break(job))
    }

    /// Returns true if all verdicts are in, they tie, and a tie-break is wanted.
    pub(super) fn needs_tie_break(&self, job: &Job) -> bool {
        let all = self.verdicts.len() as i64 >= job.proofer_count();
        job.review.as_ref().is_some_and(|review| review.settings.tie_break)
            && all
            && !self.broken()
            && consensus(self.tally(), false).is_none()
    }

    /// Returns true if there is a tie-break seat.
    fn broken(&self) -> bool {
        self.seats.iter().any(|seat| seat.tie_break && seat.status != SeatStatus::Freed)
    }

    /// Returns the consensus; a tie-break counts once its verdict is in.
    fn verdict(&self) -> Verdict {
        let tie_broken = self.of(SeatStatus::Submitted).any(|seat| seat.tie_break);
        consensus(self.tally(), tie_broken).unwrap_or(TIED)
    }

    /// Returns true if a verdict is missing.
    pub(super) fn is_open(&self) -> bool {
        self.of(SeatStatus::Funded).next().is_some() || self.of(SeatStatus::Accepted).next().is_some()
    }

    /// Returns the seats that wait for the poster's money.
    pub(super) fn unfunded(&self) -> impl Iterator<Item = &Seat> {
        self.of(SeatStatus::Accepted)
    }

    pub(super) fn tally(&self) -> Tally {
        Tally::of(&self.verdicts.iter().map(|proof| proof.verdict).collect::<Vec<_>>())
    }

    pub(super) fn of(&self, status: SeatStatus) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(move |seat| seat.status == status)
    }

    fn score(&self) -> i64 {
        let n = self.verdicts.len() as i64;
        let sum: i64 = self.verdicts.iter().map(|proof| proof.score).sum();
        if n == 0 { 0 } else { (2 * sum + n) / (2 * n) }
    }
}

/// Begins a round for the delivered version with the proofers of the last round. Returns true if their fees can be held at once, so
/// that the review starts by itself; else, as beyond the rounds that the poster agreed to, the poster funds it, lowers the number or
/// approves. The whole round may take as long as one
/// choice of proofers and two reviews, however often seats are freed, so that the worker does not wait for ever.
pub(crate) async fn begin(tx: &mut Tx, job: &mut Job) -> Result<bool> {
    let mut last = Vec::new();
    for seat in store::seats(tx, job.key, job.round()).await? {
        if seat.status != SeatStatus::Paid {
            continue;
        }
        if suspension::is_of_team(tx, &seat.team_id).await? {
            application::return_to_pending(tx, &seat.application_id).await?;
        } else {
            last.push(seat);
        }
    }
    let (choosing, judging) = (tx.rules.review_window, tx.rules.proof_window);
    let review = job.review.as_mut().ok_or_else(Error::internal)?;
    review.round += 1;
    review.consensus = None;
    review.round_ends_by = Some(tx.now.after(choosing).after(judging).after(judging));
    let count = usize::try_from(job.proofer_count()).unwrap_or(0).min(last.len());
    let (kept, left) = last.split_at(count);
    store::copy_seats(tx, job, kept).await?;
    for seat in left {
        // The proofer is not needed now, but may be later in the round.
        application::return_to_pending(tx, &seat.application_id).await?;
    }
    let agreed = job.round() <= job.proofing().proof_rounds;
    let (available, cost) = (ledger::balance(tx, &Account::wallet(&job.team_id)).await?, job.proofing().plan().cost());
    let is_affordable = agreed && kept.len() as i64 == job.proofer_count() && available >= cost;
    Ok(is_affordable && escrow::may_review_again(tx, job, &kept.iter().map(paid).collect::<Vec<_>>(), cost).await?)
}

/// The proofer of a seat, as a mandate sees who is paid.
fn paid(seat: &Seat) -> Counterparty<'_> {
    Counterparty { team: &seat.team_id, agent: Some(&seat.agent_id) }
}

/// Announces to the agents of the job's category that it looks for proofers, if it does.
pub(crate) async fn call(tx: &mut Tx, job: &Job) -> Result<()> {
    if job.status != Status::PendingProof {
        return Ok(());
    }
    let running = RoundState::load(tx, job).await?;
    if running.taken() >= running.wanted(job) {
        return Ok(());
    }
    let needed = Needed {
        title: &job.title,
        category: job.category,
        proof_fee: job.proof_fee(),
        proofer_count: job.proofer_count(),
        due_at: job.due_at,
    };
    job::announce(tx, &[&job.team_id], job, &needed);
    Ok(())
}

/// Holds the fees of the accepted seats and starts their time. The job has been saved as in review.
pub(crate) async fn start(tx: &mut Tx, actor: &Actor, job: &Job) -> Result<()> {
    start_with(tx, Some(actor), job).await
}

/// Like `start`; a round that resumes is by nobody.
async fn start_with(tx: &mut Tx, by: Option<&Actor>, job: &Job) -> Result<()> {
    let seats = store::seats(tx, job.key, job.round()).await?;
    let waiting: Vec<_> = seats.iter().filter(|seat| seat.status == SeatStatus::Accepted).collect();
    store::start_seats(tx, job).await?;
    let held = fees(&waiting);
    let proofers: Vec<_> = waiting.iter().map(|seat| paid(seat)).collect();
    escrow::hold_proof(tx, by, job, &proofers, held).await?;
    for seat in waiting {
        let assigned = Assigned {
            job_id: &job.id,
            title: &job.title,
            category: job.category,
            seat_id: &seat.id,
            round: job.round(),
            fee: seat.fee,
            due_at: job.due_at,
        };
        event::emit(tx, &[&seat.team_id], job.id.as_str(), &assigned);
    }
    job::emit(tx, job, &ReviewStarted { job: job.into(), round: job.round(), due_at: job.due_at, held, resumed: by.is_none() });
    Ok(())
}

/// Like `start`, for a round that restarts automatically. If the wallet was spent meanwhile, the act is retried and takes the
/// unfunded path.
pub(crate) async fn resume(tx: &mut Tx, job: &Job) -> Result<()> {
    start_with(tx, None, job).await.map_err(|error| if error.kind == Kind::InsufficientFunds { Error::try_again() } else { error })
}

/// Ends the round after the last verdict, or asks for a tie-break.
pub(super) async fn conclude(tx: &mut Tx, job: &mut Job, running: &mut RoundState) -> Result<()> {
    if running.needs_tie_break(job) {
        if job.status != Status::PendingProof {
            let from = job.step(Step::SeekProof)?;
            job::save(tx, job, from).await?;
        }
        let tied = Tied { job_id: &job.id, title: &job.title, round: job.round(), seats: running.wanted(job) };
        event::emit(tx, &[&job.team_id], job.id.as_str(), &tied);
        return call(tx, job).await;
    }
    let verdict = running.verdict();
    finish(tx, job, running, verdict).await
}

/// Ends the round with its consensus, and takes the job's step.
pub(super) async fn finish(tx: &mut Tx, job: &mut Job, running: &mut RoundState, verdict: Verdict) -> Result<()> {
    let tally = running.tally();
    let spoke: Vec<_> = running.of(SeatStatus::Submitted).cloned().collect();
    let mendable = job.revisions < tx.rules.revisions_max;
    let step = match verdict {
        Verdict::Approve => Step::Pass,
        Verdict::NeedsRevision if mendable => Step::SendBack,
        Verdict::NeedsRevision | Verdict::Reject => Step::Fail,
    };
    let from = job.step(step)?;
    job.review.as_mut().ok_or_else(Error::internal)?.consensus = Some(verdict);
    job.reason = (step != Step::Pass).then(|| in_words(running));
    job.revisions += i64::from(step == Step::SendBack);
    job::save(tx, job, from).await?;
    settle(tx, job, running, SeatStatus::Freed).await?;
    store::decide(tx, job, verdict, tally, running.score()).await?;
    let (round, consensus) = (job.round(), verdict);
    let tied = consensus == TIED && tally.majority(tally.total()).is_none();
    let decided = Decided { job: (&*job).into(), round, consensus, tied, score: running.score(), revisions: job.revisions };
    job::emit(tx, job, &decided);
    message::reveal(tx, job).await?;
    for seat in &spoke {
        let settled = Settled { job_id: &job.id, title: &job.title, round, consensus, fee: seat.fee };
        event::emit(tx, &[&seat.team_id], job.id.as_str(), &settled);
    }
    Ok(())
}

/// Skips the rest of a review whose proofers were not chosen or funded in time. The submitted verdicts decide; false without any.
pub(crate) async fn skip_review(tx: &mut Tx, job: &mut Job) -> Result<bool> {
    let mut running = RoundState::load(tx, job).await?;
    if running.verdicts.is_empty() {
        return Ok(false);
    }
    let verdict = running.verdict();
    finish(tx, job, &mut running, verdict).await?;
    Ok(true)
}

/// Ends a round without any verdict, because proofers were not chosen or funded in time: the poster judges the work as if none had
/// been asked for.
pub(crate) async fn fall_back(tx: &mut Tx, job: &mut Job) -> Result<()> {
    let mut running = RoundState::load(tx, job).await?;
    let from = job.step(Step::FallBack)?;
    job::save(tx, job, from).await?;
    settle(tx, job, &mut running, SeatStatus::Freed).await?;
    job::emit(tx, job, &Unfilled { job: (&*job).into(), round: job.round(), due_at: job.due_at });
    Ok(())
}

/// Ends a round without a consensus, because the poster approves the work early. All proofers whose fee is held are paid, because they
/// are in time.
pub(crate) async fn close_early(tx: &mut Tx, job: &Job) -> Result<()> {
    let mut running = RoundState::load(tx, job).await?;
    let silent: Vec<_> = running.of(SeatStatus::Funded).cloned().collect();
    settle(tx, job, &mut running, SeatStatus::Paid).await?;
    message::reveal(tx, job).await?;
    for seat in &silent {
        ended(tx, job, seat, true);
    }
    Ok(())
}

/// Settles all seats: those with a verdict are paid, funded ones without get the status `silent`, unfunded ones are freed.
async fn settle(tx: &mut Tx, job: &Job, running: &mut RoundState, silent: SeatStatus) -> Result<()> {
    let (mut paid, mut freed) = (Vec::new(), Vec::new());
    for seat in &running.seats {
        match (seat.status, silent) {
            (SeatStatus::Submitted, _) | (SeatStatus::Funded, SeatStatus::Paid) => paid.push(seat),
            (SeatStatus::Funded, _) => freed.push(seat),
            (SeatStatus::Accepted, _) => unfunded::free(tx, job, seat).await?,
            (SeatStatus::Paid | SeatStatus::Freed, _) => {}
        }
    }
    for seat in &paid {
        store::move_seat(tx, seat, SeatStatus::Paid).await?;
    }
    let unearned = release_seats(tx, job, &freed).await?;
    escrow::pay_proofs(tx, job, &paid.iter().map(|seat| (&seat.team_id, seat.fee)).collect::<Vec<_>>()).await?;
    escrow::refund_proof(tx, job, unearned).await?;
    for seat in &mut running.seats {
        seat.status = match seat.status {
            SeatStatus::Submitted | SeatStatus::Paid => SeatStatus::Paid,
            SeatStatus::Funded => silent,
            SeatStatus::Accepted | SeatStatus::Freed => SeatStatus::Freed,
        };
    }
    Ok(())
}

/// Emits the event that a proofer's verdict is not needed any more.
pub(super) fn ended(tx: &mut Tx, job: &Job, seat: &Seat, paid: bool) {
    let ended = Ended { job_id: &job.id, title: &job.title, round: job.round(), paid };
    event::emit(tx, &[&seat.team_id], job.id.as_str(), &ended);
}

/// Frees the seats without a verdict in time, and refunds their fees to the poster.
pub(super) async fn release_silent_seats(tx: &mut Tx, job: &Job, running: &mut RoundState) -> Result<()> {
    let silent: Vec<_> = running.of(SeatStatus::Funded).collect();
    let unearned = release_seats(tx, job, &silent).await?;
    escrow::refund_proof(tx, job, unearned).await?;
    let freed = running.seats.iter_mut().filter(|seat| seat.status == SeatStatus::Funded);
    freed.for_each(|seat| seat.status = SeatStatus::Freed);
    Ok(())
}

/// Frees seats and declines their applications; returns the sum of their fees.
async fn release_seats(tx: &mut Tx, job: &Job, silent: &[&Seat]) -> Result<Money> {
    for seat in silent {
        application::forfeit(tx, &seat.application_id).await?;
        store::move_seat(tx, seat, SeatStatus::Freed).await?;
        event::emit(tx, &[&seat.team_id], job.id.as_str(), &Expired { job_id: &job.id, title: &job.title, round: job.round() });
    }
    Ok(fees(silent))
}

fn fees(seats: &[&Seat]) -> Money {
    Money(seats.iter().map(|seat| seat.fee.0).sum())
}

/// Formats the requested changes of a round for the job's reason.
fn in_words(running: &RoundState) -> String {
    let items = merged(running.verdicts.iter());
    let lines = items.iter().map(|item| format!("- {} ({}): {}", item.category, item.priority, item.description));
    let reasons = running.verdicts.iter().filter(|proof| proof.verdict != Verdict::Approve && !proof.reason.is_empty());
    let lines: Vec<_> = lines.chain(reasons.map(|proof| format!("- {}", proof.reason))).collect();
    if lines.is_empty() { "The proofers tied and named nothing to change.".to_owned() } else { bounded(&lines.join("\n")) }
}

/// The most characters of a round's result in the job's own row, which every read of the job loads.
const WORDS_MAX: usize = 10_000;

/// Ends a text after [`WORDS_MAX`] characters with a word about the rest.
fn bounded(text: &str) -> String {
    match text.char_indices().nth(WORDS_MAX) {
        Some((end, _)) => format!("{}\n… The verdicts say the rest.", &text[..end]),
        None => text.to_owned(),
    }
}

/// Merges the revision items of a round, the most important first, without duplicates.
pub(super) fn merged<'v>(verdicts: impl Iterator<Item = &'v store::VerdictRow>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for item in verdicts.flat_map(|given| &given.items).cloned() {
        let same = |other: &&mut Item| other.category == item.category && other.description.eq_ignore_ascii_case(&item.description);
        match items.iter_mut().find(same) {
            Some(known) if weight(&item) < weight(known) => known.priority = item.priority,
            Some(_) => {}
            None => items.push(item),
        }
    }
    items.sort_by_key(weight);
    items
}

fn weight(item: &Item) -> usize {
    Priority::ALL.iter().position(|priority| priority.as_str() == item.priority).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_holds_no_book() {
        assert_eq!(bounded("- totals (high): mend them"), "- totals (high): mend them");
        let long = bounded(&"ö".repeat(900_000));
        assert!(long.ends_with("\n… The verdicts say the rest.") && long.chars().count() < WORDS_MAX + 40);
    }
}
