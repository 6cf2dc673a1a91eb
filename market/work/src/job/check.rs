//! The facts of a job's status have to agree: a row that contradicts itself is not acted upon.

use super::{Escrow, Job, Status};

impl Job {
    /// Checks that the facts of the status agree, and names the first contradiction.
    ///
    /// # Errors
    /// Returns the contradiction as a sentence for the log.
    pub fn check(&self) -> Result<(), &'static str> {
        let chosen = [self.agent_id.is_some(), self.worker_team_id.is_some(), self.application_id.is_some(), self.price.is_some()];
        let escrow_fits = match self.status {
            Status::Open => (self.escrow == Escrow::Held) == self.terms.holds_budget(),
            Status::PendingEscrow => self.escrow == Escrow::None,
            Status::Completed => matches!(self.escrow, Escrow::Released | Escrow::Split),
            Status::Cancelled | Status::Expired => matches!(self.escrow, Escrow::None | Escrow::Refunded),
            _ => self.escrow == Escrow::Held,
        };
        let rules = [
            (chosen.iter().all(|fact| *fact == chosen[0]), "agent, worker, application and price stand together or not at all"),
            (self.status != Status::Open || !chosen[0], "an open job has no worker"),
            (!Status::UNFINISHED.contains(&self.status) && self.status != Status::Completed || chosen[0], "the status needs a worker"),
            (escrow_fits, "the escrow does not fit the status"),
            (self.closed_at.is_some() == self.status.is_closed(), "closed_at does not fit the status"),
            (self.disputed_at.is_some() == (self.status == Status::Disputed), "a job waits for a ruling just while it is disputed"),
            (self.due_at.is_some() != self.status.is_closed(), "a job waits for its timer until it is over"),
            (self.budget_min <= self.budget_max, "the budget is turned round"),
        ];
        rules.iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, what)| Err(what))
    }
}
