//! Samples of a job and of everything that belongs to one.

use super::{AGENT, APPLICATION, AT, JOB, MEMBER, TEAM, TITLE, in_days};
use market::application::{self, Application};
use market::deliverable::Deliverable;
use market::dispute::{self, AfterWithdrawal, Case, Dispute, Evidence, Judge};
use market::file::{self, File, Link};
use market::job::{Card, Category, Escrow, Facts, NextMove, Ruling, Seats, Status, Terms, next_move};
use market::message::{self, Message};
use market::nda::{self, Nda};
use market::party::Party;
use market::question::{self, Question};
use market::rating::{Rating, Reputation};
use market::{Duration, Money};

/// The agreed price of the job.
const PRICE: Money = Money(45_000);
/// The service fee on top of a price, in basis points.
const FEE_BPS: i64 = 500;

/// Returns the job in a status, with its next move. Its dates do not move.
pub fn card(status: Status) -> (Card, NextMove) {
    let chosen = !matches!(status, Status::Open | Status::Cancelled);
    let funded = chosen && status != Status::PendingEscrow;
    let card = Card {
        id: JOB.into(),
        title: TITLE.into(),
        summary: SUMMARY.into(),
        category: Category::Coding,
        status,
        budget_min: Money(40_000),
        budget_max: Money(48_000),
        applications_until: Some(in_days(28)),
        deadline: None,
        proof_required: false,
        proofer_count: 0,
        proof_fee: Money::ZERO,
        proof_rounds: 0,
        agent_id: chosen.then(|| AGENT.into()),
        worker: chosen.then(|| "Botty".into()),
        price: chosen.then_some(PRICE),
        fee_bps: FEE_BPS,
        terms: Terms::default(),
        escrow: if funded { Escrow::Held } else { Escrow::None },
        due_at: Some(in_days(28)),
        created_at: AT,
        updated_at: AT,
        featured_until: None,
        team_id: TEAM.into(),
        poster: "Ada".into(),
        applications: 1,
    };
    let next = next_of(&card);
    (card, next)
}

/// Returns the job in a status, reviewed by three proofers.
pub fn reviewed(status: Status) -> (Card, NextMove) {
    let card = Card { proof_required: true, proofer_count: 3, proof_fee: Money(2_400), proof_rounds: 2, ..card(status).0 };
    let next = next_of(&card);
    (card, next)
}

/// Computes the next move as the poster knows it, before anybody has applied.
fn next_of(card: &Card) -> NextMove {
    next_move(&Facts {
        status: card.status,
        applications: 0,
        seats: Some(Seats { asked: card.proofer_count, ..Seats::default() }),
        consensus: None,
        unanswered: None,
        due_at: card.due_at,
    })
}

/// The summary of the job.
const SUMMARY: &str = "A parser of invoices in Rust, with tests.";
/// The description of the job.
pub const DESCRIPTION: &str = "Replace the regex parser with a grammar.";

/// Returns an application for the job.
pub fn application(status: application::Status) -> Application {
    let declined = status == application::Status::Declined;
    Application {
        id: APPLICATION.into(),
        job_id: JOB.into(),
        agent_id: AGENT.into(),
        team_id: TEAM.into(),
        kind: application::Kind::Work,
        cover_letter: "I have written three such grammars.".into(),
        price: PRICE,
        status,
        reason: declined.then_some(application::Reason::Price),
        message: declined.then(|| "It is twice our budget.".into()),
        created_at: AT,
        changed_at: None,
        agent: "Botty".into(),
        job_title: TITLE.into(),
        finished: 0,
        is_available: true,
    }
}

/// Returns the job's NDA, with the caller's agreement or without it.
pub fn nda(agreed: bool) -> Nda {
    Nda { job_id: JOB.into(), version: nda::VERSION.into(), text: nda::TEXT.into(), agreed_at: agreed.then_some(AT) }
}

/// Returns the first version of the work.
pub fn deliverable() -> Deliverable {
    Deliverable {
        id: "dlv_2k5m8p1q4r7t0v3x6z9c".into(),
        job_id: JOB.into(),
        agent_id: AGENT.into(),
        version: 1,
        content: "The grammar is …".into(),
        note: String::new(),
        created_at: AT,
        files: vec![file("grammar.pdf")],
    }
}

const FILE: &str = "file_2k5m8p1q4r7t0v3x6z9c";
const SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// Returns a PDF file of the job.
pub fn file(name: &str) -> File {
    File {
        id: FILE.into(),
        job_id: JOB.into(),
        deliverable_id: None,
        kind: file::Kind::Attachment,
        team_id: TEAM.into(),
        member_id: MEMBER.into(),
        status: file::Status::Ready,
        name: name.into(),
        content_type: "application/pdf".into(),
        size: 48_213,
        sha256: SHA256.into(),
        for_chosen: false,
        created_at: AT,
    }
}

/// Returns a link to that file.
pub fn link() -> Link {
    let expires_at = AT.after(file::LINK_LIFE);
    let query = format!("viewer=key_7m2c9q4x8t1v6z3k5d0p&expires={}&signature={SHA256}", expires_at.seconds());
    Link { url: format!("{}/files/{FILE}?{query}", super::BASE_URL), expires_at }
}

/// Returns a message of the worker.
pub fn message() -> Message {
    Message {
        id: "msg_3h6k9m2p5r8t1v4x7z0c".into(),
        job_id: JOB.into(),
        role: message::Role::Worker,
        author: "Botty".into(),
        mine: false,
        body: "Is `total` net or gross?".into(),
        created_at: AT,
    }
}

/// Returns a question on the open job, answered or waiting.
pub fn question(status: question::Status) -> Question {
    let answered = status == question::Status::Answered;
    Question {
        id: "qst_2f5h8k1n4q7t0v3x6z9b".into(),
        job_id: JOB.into(),
        mine: true,
        behind_nda: false,
        is_hidden: false,
        body: if status == question::Status::Removed { String::new() } else { "Is `total` net or gross?".into() },
        status,
        answer: answered.then(|| "Net.".into()),
        created_at: AT,
        answered_at: answered.then_some(in_days(1)),
    }
}

/// Returns the poster's rating of the worker.
pub fn rating() -> Rating {
    Rating {
        id: "rtg_4j7n0q3s6w9y2b5e8h1k".into(),
        job_id: JOB.into(),
        job_title: TITLE.into(),
        side: Party::Poster,
        author: "Ada".into(),
        stars: 5,
        comment: "All samples covered, and a day early.".into(),
        is_hidden: false,
        created_at: AT,
        visible_at: in_days(14),
    }
}

/// Returns the worker's reputation after that rating.
pub fn reputation() -> Reputation {
    Reputation::new(1, rating().stars)
}

/// Returns the worker's dispute over the job.
pub fn dispute(status: dispute::Status) -> Dispute {
    let ruled = status == dispute::Status::Resolved;
    Dispute {
        id: "dsp_5k8m1p4r7t0w3z6b9d2f".into(),
        job_id: JOB.into(),
        job_title: TITLE.into(),
        team_id: TEAM.into(),
        poster: "Ada".into(),
        agent_id: Some(AGENT.into()),
        worker: "Botty".into(),
        price: PRICE,
        side: Party::Worker,
        came_from: Status::Delivered,
        by_rejection: false,
        new_fact: None,
        versions: 1,
        time_left: Duration::days(2),
        statement: "The samples cover two-digit years; the brief says nothing of three.".into(),
        answer: None,
        answered_at: None,
        status,
        due_at: in_days(14),
        ruling: ruled.then_some(Ruling::Split { worker: Money(20_000) }),
        reason: ruled.then(|| "Half of the samples are covered, and the brief asks for all.".into()),
        ruled_by: ruled.then_some(Judge::Admin),
        created_at: AT,
        closed_at: ruled.then_some(in_days(1)),
    }
}

/// Returns evidence in that dispute.
pub fn evidence() -> Evidence {
    Evidence {
        id: "evd_6n9q2s5v8x1y4b7d0g3j".into(),
        side: Party::Worker,
        body: "See line 40 of the brief.".into(),
        file_id: None,
        created_at: AT,
    }
}

/// Returns that dispute as its opener sees it while it is open, or as an admin sees it after the ruling.
pub fn case(status: dispute::Status) -> Case {
    let open = status == dispute::Status::Open;
    Case {
        dispute: dispute(status),
        evidence: vec![evidence()],
        matter: None,
        by_default: Some(Ruling::Release),
        goes_on: AfterWithdrawal::Judging,
        viewer: open.then_some(Party::Worker),
        may_answer: false,
        may_add: open,
        may_withdraw: open,
        may_rule: false,
    }
}

/// The days for which the job is featured.
pub const FEATURED: Duration = Duration::days(7);
