//! Who is told what: one row for each happening and each side that hears of it. What has no row is told to nobody, and of
//! its facts nobody is told more than the row names.

/// What somebody is to a happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Their own team's: of a job, its poster's.
    Own,
    /// Another's, and they were named: of a job, its worker.
    Named,
    /// Anybody's who works in the category.
    Category,
}

impl Side {
    /// How many sides there are.
    pub const COUNT: usize = 3;
}

/// What one side is told.
pub(super) struct Row {
    /// The happening.
    pub(super) name: &'static str,
    pub(super) sides: &'static [Side],
    /// What it is to them.
    pub(super) kind: &'static str,
    /// The facts they may know; `amount=price` tells them the price as the amount.
    pub(super) facts: &'static [&'static str],
    /// Where it leaves their application, which is not where it leaves the job.
    pub(super) status: Option<&'static str>,
    /// What a key must be allowed to do, beyond hearing events.
    pub(super) scope: Option<&'static str>,
}

const fn row(name: &'static str, sides: &'static [Side], kind: &'static str, facts: &'static [&'static str]) -> Row {
    Row { name, sides, kind, facts, status: None, scope: None }
}

impl Row {
    const fn leaving(self, status: &'static str) -> Row {
        Row { status: Some(status), ..self }
    }

    const fn needing(self, scope: &'static str) -> Row {
        Row { scope: Some(scope), ..self }
    }
}

const OWN: &[Side] = &[Side::Own];
const NAMED: &[Side] = &[Side::Named];
const BOTH: &[Side] = &[Side::Own, Side::Named];
const CATEGORY: &[Side] = &[Side::Category];

const OFFERED: &[&str] = &["title", "category", "budget_min", "budget_max", "deadline", "proof_required"];
const UPDATE: &str = "application.update";

/// The table.
pub(super) const ROWS: &[Row] = &[
    row("job.posted", OWN, "job.posted", OFFERED),
    row("job.posted", CATEGORY, "job.available", OFFERED),
    row("job.featured", OWN, "job.featured", &["title", "featured_until", "days", "price"]),
    row("job.unfeatured", OWN, "job.unfeatured", &["title"]),
    row("application.received", OWN, "application.received", &["application_id", "application_type", "agent_id", "price"]),
    row("application.declined", OWN, UPDATE, &["title", "application_id", "application_type", "reason", "message"]).leaving("rejected"),
    row("job.accepted", OWN, "job.accepted", &["title", "status", "application_id", "agent", "price", "fee"]),
    row("job.accepted", NAMED, UPDATE, &["title", "application_id", "price"]).leaving("accepted"),
    row("job.lapsed", OWN, "job.lapsed", &["title", "status"]),
    row("job.lapsed", NAMED, UPDATE, &["title", "application_id"]).leaving("pending"),
    row("job.lapsed", CATEGORY, "job.available", OFFERED),
    row("job.funded", OWN, "job.funded", &["title", "status", "price", "fee", "held"]),
    row("job.funded", NAMED, UPDATE, &["title", "application_id", "price"]).leaving("funded"),
    row("job.delivered", BOTH, "job.delivered", &["title", "status", "version", "deliverable_id"]),
    row("job.revision_requested", BOTH, "job.revision_requested", &["title", "status", "message", "revisions"]),
    row("job.rejected", BOTH, "job.rejected", &["title", "status", "reason", "message"]),
    row("job.approved", BOTH, "job.approved", &["title", "status", "by", "price", "release_at"]),
    row("job.completed", OWN, "job.completed", &["title", "status", "price"]),
    row("job.completed", NAMED, "payment.released", &["title", "status", "amount=price"]),
    row("job.refunded", BOTH, "job.refunded", &["title", "status", "price"]),
    row("job.cancelled", BOTH, "job.cancelled", &["title", "status", "reason"]),
    row("job.expired", BOTH, "job.expired", &["title", "status", "escrow"]),
    row("job.in_review", BOTH, "job.in_review", &["title", "status", "round", "due_at"]),
    row("job.proof_settings", OWN, "job.proof_settings", &["proof_required", "proofer_count", "proof_fee"]),
    row("job.ruled", BOTH, "job.ruled", &["title", "status", "ruling", "by"]),
    row("application.accepted", OWN, UPDATE, &["title", "application_id", "application_type"]).leaving("accepted"),
    row("proof.needed", CATEGORY, "proof.needed", &["title", "category", "proof_fee", "proofer_count", "due_at"]),
    row("proof.accepted", OWN, "proof.accepted", &["agent", "slots_filled", "slots_total"]),
    row("proof.assigned", OWN, "proof.assigned", &["title", "category", "seat_id", "round", "fee", "due_at"]),
    row("proof.submitted", OWN, "proof.submitted", &["title", "agent", "round", "verdict"]),
    row("proof.tied", OWN, "proof.tied", &["title", "round", "seats"]),
    row("proof.seats_freed", OWN, "proof.seats_freed", &["title", "round", "accepted", "required"]),
    row("proof.consensus", BOTH, "proof.consensus", &["title", "status", "round", "consensus", "score", "revisions"]),
    row("proof.settled", OWN, "proof.settled", &["title", "round", "consensus", "fee"]),
    row("proof.expired", OWN, "proof.expired", &["title", "round"]),
    row("proof.ended", OWN, "proof.ended", &["title", "round", "paid"]),
    row("job.attachment_added", BOTH, "job.attachment_added", &["file_id", "file_name", "file_size"]),
    row("job.attachment_removed", BOTH, "job.attachment_removed", &["file_id", "file_name"]),
    row("dispute.opened", BOTH, "dispute.opened", &["dispute_id", "by", "statement", "reason"]),
    row("dispute.answered", BOTH, "dispute.answered", &["dispute_id", "by", "statement"]),
    row("dispute.evidence", BOTH, "dispute.evidence", &["dispute_id", "by", "evidence_id"]),
    row("dispute.withdrawn", BOTH, "dispute.withdrawn", &["dispute_id", "by"]),
    row("dispute.conceded", BOTH, "dispute.conceded", &["dispute_id"]),
    row("dispute.resolved", BOTH, "dispute.resolved", &["dispute_id", "ruling", "worker_share", "reason", "by"]),
    row("rating.given", BOTH, "rating.given", &["by"]),
    row("rating.revealed", BOTH, "rating.revealed", &["ratings"]),
    row("job.message", BOTH, "job.message", &["message_id", "author_role", "author", "preview"]),
    row("deposit.paid", OWN, "deposit.paid", &["amount"]).needing("wallet:read"),
];

/// Happenings that no stream tells: they are an account's own affairs.
pub(super) const UNTOLD: &[&str] = &[
    "agent.created",
    "agent.updated",
    "deposit.cancelled",
    "deposit.expired",
    "deposit.started",
    "file.removed",
    "file.uploaded",
    "key.created",
    "key.revoked",
    "member.password_changed",
    "member.promoted",
    "member.renamed",
    "member.signed_up",
    "member.verification_resent",
    "member.verified",
    "nda.agreed",
    "team.plan_changed",
];

/// Whether somebody has decided who is told of it.
pub(super) fn is_decided(name: &str) -> bool {
    ROWS.iter().any(|row| row.name == name) || UNTOLD.contains(&name)
}

/// The types of a stream, and what each says: first what reaches workers, then what reaches posters.
pub const KINDS: &[(&str, &str)] = &[
    ("job.available", "a job of your specializations was posted, or is open again"),
    ("application.update", "your application was accepted, funded or rejected, or is pending again"),
    ("job.message", "somebody said something on a job of yours"),
    ("payment.released", "the payment for a job is in your wallet"),
    ("proof.needed", "a job of your kinds of work looks for proofers"),
    ("proof.assigned", "you have a seat among a job's proofers, and its fee is held: judge until `due_at`"),
    ("proof.settled", "a review that you took part in reached its consensus, and your fee is paid"),
    ("proof.expired", "you gave no verdict in time; the seat and its fee are gone"),
    ("proof.ended", "a review ended before your verdict was needed"),
    ("job.posted", "your job is listed"),
    ("job.featured", "your job stands above other open jobs until `featured_until`"),
    ("job.unfeatured", "your job stands among the other open jobs again"),
    ("application.received", "somebody applied to your job"),
    ("job.accepted", "you chose an application; fund it next"),
    ("job.lapsed", "you did not fund it in time, so the job is open again"),
    ("job.funded", "the money is in escrow, and the worker may start"),
    ("job.delivered", "work was handed in"),
    ("job.revision_requested", "the work goes back to the worker"),
    ("job.rejected", "the work was refused"),
    ("job.in_review", "the proofers judge the work"),
    ("proof.accepted", "you chose a proofer"),
    ("proof.submitted", "a proofer gave a verdict"),
    ("proof.tied", "the verdicts are tied, and a tie-break seat is open"),
    ("proof.seats_freed", "proofers gave no verdict in time: choose others, or ask for fewer"),
    ("proof.consensus", "the proofers decided"),
    ("job.proof_settings", "you changed how the work is to be judged"),
    ("job.approved", "the work was found good; the payment cools down"),
    ("job.completed", "your job's payment was released to the worker"),
    ("job.refunded", "the money is back with the poster"),
    ("job.cancelled", "the poster called the job off"),
    ("job.expired", "nobody moved in time, and the job is closed"),
    ("job.ruled", "a dispute was ruled on, and the money follows"),
    ("job.attachment_added", "a file was attached to the job"),
    ("job.attachment_removed", "an attached file was taken away"),
    ("dispute.opened", "one side disputes the work"),
    ("dispute.answered", "the other side answered"),
    ("dispute.evidence", "one side showed a file as evidence"),
    ("dispute.withdrawn", "whoever opened the dispute withdrew it"),
    ("dispute.conceded", "the other side gave in"),
    ("dispute.resolved", "a dispute has its ruling"),
    ("rating.given", "one side rated the other; it is read when both did, or after 14 days"),
    ("rating.revealed", "both ratings can be read"),
    ("deposit.paid", "money arrived in your wallet; a key needs `wallet:read`"),
];

/// What the timeline of a job tells, however long ago it happened. All else that happened is read by streams alone, or has
/// its own tables: applications, files, messages, verdicts, ratings, deposits, keys.
pub const HISTORY: &[&str] = &[
    "dispute.answered",
    "dispute.conceded",
    "dispute.opened",
    "dispute.resolved",
    "dispute.withdrawn",
    "job.accepted",
    "job.approved",
    "job.cancelled",
    "job.completed",
    "job.delivered",
    "job.expired",
    "job.featured",
    "job.funded",
    "job.in_review",
    "job.lapsed",
    "job.posted",
    "job.refunded",
    "job.rejected",
    "job.revision_requested",
    "proof.accepted",
    "proof.consensus",
    "proof.seats_freed",
    "proof.submitted",
    "proof.tied",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_is_explained() {
        let told: BTreeSet<_> = ROWS.iter().map(|row| row.kind).collect();
        let explained: BTreeSet<_> = KINDS.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(told, explained);
        assert_eq!(explained.len(), KINDS.len(), "each once");
    }

    #[test]
    fn history_is_what_happens() {
        assert!(HISTORY.is_sorted() && HISTORY.iter().all(|name| ROWS.iter().any(|row| row.name == *name)));
    }

    #[test]
    fn no_side_is_told_twice() {
        let mut sides: Vec<_> = ROWS.iter().flat_map(|row| row.sides.iter().map(|side| (row.name, *side as usize))).collect();
        let all = sides.len();
        sides.sort_unstable();
        sides.dedup();
        assert_eq!(sides.len(), all);
    }
}
