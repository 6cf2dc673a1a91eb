use super::*;
use market::job::{Facts, Job, Seats, next_move};
use market::party::Party;
use market::review::{Review, Seat, Settings, Summary, Tally, Viewer};
use market::{Duration, Money, Time};

fn proofing() -> Settings {
    Settings { proof_required: true, proofer_count: 3, proof_fee: Money(1_200), proof_rounds: 2, tie_break: true, rubric: Vec::new() }
}

pub(in crate::job::show) fn view(status: Status, role: Role) -> View {
    let now = Time::from_ms(0);
    // As a row would be read: a job's optional fields need not be named here.
    let job: Job = serde_json::from_value(serde_json::json!({
        "key": 1, "id": "308f8811-0a46-4024-b8ef-514f4dcd857b", "team_id": "team_p", "member_id": "user_p", "title": "Parse", "summary": "",
        "description": "", "confidential": true, "category": "coding", "status": status, "budget_min": 48_000, "budget_max": 48_000, "release_delay": Duration::days(1),
        "fee_bps": 500, "price": 48_000, "escrow": "held", "revisions": 0, "reason": "Add the sources.", "created_at": now,
        "updated_at": now, "version": 1, "review": Review { settings: proofing(), round: 1, consensus: None, round_ends_by: None },
    }))
    .expect("a job");
    View {
        job,
        poster: "Larkfield".into(),
        worker: Some("ferrous-2".into()),
        role,
        may_read: true,
        held: Money(50_400),
        applications: 2,
        application_id: None,
        next_move: next_move(&facts(status)),
        may_deliver: false,
        share: None,
    }
}

fn facts(status: Status) -> Facts {
    let seats = Some(Seats { asked: 3, taken: 0, unfunded: 0, applications: 1 });
    Facts { status, applications: 2, seats, consensus: None, unanswered: None, due_at: None }
}

/// A job whose dispute waits for a side's answer, or for its ruling.
fn disputed(role: Role, unanswered: Option<Party>) -> View {
    let mut view = view(Status::Disputed, role);
    view.job.disputed_at = Some(Time::from_ms(0));
    view.next_move = next_move(&Facts { unanswered, ..facts(Status::Disputed) });
    view
}

fn seat(status: SeatStatus) -> Seat {
    Seat {
        id: "seat_1".into(),
        job_id: "308f8811-0a46-4024-b8ef-514f4dcd857b".into(),
        round: 1,
        application_id: "prop_1".into(),
        agent_id: "agent_1".into(),
        team_id: "team_1".into(),
        agent: "Quill".into(),
        fee: Money(1_200),
        status,
        tie_break: false,
        due_at: None,
    }
}

/// A review that needs `seats` seats and has the given ones taken.
fn review(seats: i64, taken: &[SeatStatus]) -> ReviewView {
    let given = taken.iter().filter(|status| **status == SeatStatus::Submitted).count() as i64;
    ReviewView {
        job_id: "308f8811-0a46-4024-b8ef-514f4dcd857b".into(),
        status: Status::InReview,
        viewer: Viewer::Poster,
        blind: false,
        round: 1,
        rubric: Vec::new(),
        fee: Money(1_200),
        assignment: None,
        seats: taken.iter().map(|&status| seat(status)).collect(),
        verdicts: Vec::new(),
        rounds: Vec::new(),
        summary: Some(Summary {
            seats,
            taken: taken.len() as i64,
            tally: Tally { approve: given, ..Tally::default() },
            consensus: None,
            decided: false,
        }),
        revision_items: Vec::new(),
    }
}

fn of(view: &View) -> Words {
    Words::of(view, JobFacts { version: Some(2), ..JobFacts::default() })
}

#[test]
fn whoever_has_the_move_is_told_so() {
    for &status in Status::ALL {
        for &role in Role::ALL {
            let view = view(status, role);
            let words = of(&view);
            assert_eq!(words.yours, words.whose.starts_with("Your move"), "{status} for {role}");
            assert_eq!(words.yours, view.next_move.is_for(role), "{status} for {role}: {}", words.whose);
            assert!(words.about.ends_with(['.', '”']), "{status} for {role}: {}", words.about);
        }
    }
}

#[test]
fn whoever_has_to_answer_a_dispute_is_told_so() {
    for (role, side) in [(Role::Poster, Party::Poster), (Role::Worker, Party::Worker)] {
        assert_eq!(of(&disputed(role, Some(side))).whose, "Your move: answer the dispute", "{role}");
        let other = of(&disputed(role, Some(side.other())));
        assert!(!other.yours && other.whose.ends_with("move: answer the dispute"), "{role}: {}", other.whose);
        assert_eq!(of(&disputed(role, None)), Words { yours: false, whose: "Waiting for the ruling".into(), ..of(&disputed(role, None)) });
    }
}

#[test]
fn sums_are_said_where_they_are_decided() {
    assert_eq!(of(&view(Status::PendingEscrow, Role::Poster)).whose, "Your move: fund 504.00");
    assert!(of(&view(Status::RevisionRequested, Role::Worker)).about.contains("“Add the sources.”"));
    assert_eq!(otherwise(&view(Status::InProgress, Role::Poster), Outcome::Abandon, None), "then 504.00 comes back to you");
    assert_eq!(otherwise(&view(Status::InProgress, Role::Worker), Outcome::Abandon, None), "then the poster is refunded");
    assert_eq!(otherwise(&view(Status::Delivered, Role::Poster), Outcome::AutoApprove, None), "then it is approved");
    assert_eq!(otherwise(&view(Status::Approved, Role::Poster), Outcome::AutoApprove, None), "then 480.00 is released");
    let revised = otherwise(&view(Status::RevisionRequested, Role::Worker), Outcome::AutoApprove, None);
    assert_eq!(revised, "then the proofers’ word holds: 480.00 is released");
    let waives = |seats: &[SeatStatus]| otherwise(&view(Status::PendingProof, Role::Poster), Outcome::Waive, Some(&review(3, seats)));
    assert_eq!(waives(&[]), "then you judge it yourself");
    assert_eq!(waives(&[SeatStatus::Submitted]), "then the verdicts so far decide");
}

#[test]
fn seats_are_filled_then_funded() {
    let words = |review: &ReviewView, offers: usize| {
        let of = |status| review.seats.iter().filter(|seat| seat.status == status).count() as i64;
        let seats = Seats { asked: 3, taken: review.seats.len() as i64, unfunded: of(SeatStatus::Accepted), applications: offers as i64 };
        let next_move = next_move(&Facts { seats: Some(seats), ..facts(Status::PendingProof) });
        let view = View { next_move, ..view(Status::PendingProof, Role::Poster) };
        Words::of(&view, JobFacts { review: Some(review), offers: Some(offers), ..JobFacts::default() })
    };
    let says = |review: &ReviewView| words(review, 2).whose;
    assert_eq!(says(&review(3, &[])), "Your move: choose 3 proofers");
    assert_eq!(says(&review(3, &[SeatStatus::Accepted; 2])), "Your move: choose 1 proofer");
    let two = review(3, &[SeatStatus::Accepted]);
    let nobody = words(&two, 0);
    assert_eq!((nobody.yours, nobody.whose.as_str()), (false, "Waiting for 2 proofers to apply"));
    let one = words(&two, 1);
    assert!(one.yours && one.about.contains("One has applied."), "{}", one.about);
    assert_eq!(says(&review(3, &[SeatStatus::Accepted; 3])), "Your move: fund 36.00");
    assert_eq!(says(&review(4, &[SeatStatus::Submitted; 3])), "Your move: choose one more proofer");
    let last = [SeatStatus::Submitted, SeatStatus::Submitted, SeatStatus::Submitted, SeatStatus::Accepted];
    assert_eq!(says(&review(4, &last)), "Your move: fund 12.00");
}

#[test]
fn what_the_proofers_found_is_said_to_both_sides() {
    for (status, consensus, told) in [
        (Status::Approved, Verdict::Approve, "The proofers approve it."),
        (Status::RevisionRequested, Verdict::NeedsRevision, "The proofers ask for changes."),
        (Status::Rejected, Verdict::Reject, "The proofers reject it."),
    ] {
        for role in [Role::Poster, Role::Worker] {
            let mut view = view(status, role);
            view.job.review.as_mut().expect("a review").consensus = Some(consensus);
            let about = of(&view).about;
            assert!(about.starts_with(told), "{status} for {role}: {about}");
            assert!(!about.contains("Add the sources."), "the list stands elsewhere: {about}");
        }
    }
}

#[test]
fn a_proofer_knows_the_own_seat_and_nothing_else() {
    let view = view(Status::InReview, Role::Proofer);
    let blind = |status| ReviewView {
        blind: true,
        viewer: Viewer::Proofer,
        seats: Vec::new(),
        summary: None,
        assignment: Some(seat(status)),
        ..review(3, &[])
    };
    let says = |review: &ReviewView| Words::of(&view, JobFacts { review: Some(review), ..JobFacts::default() });
    let funded = says(&blind(SeatStatus::Funded));
    assert_eq!((funded.yours, funded.whose.as_str()), (true, "Your move: give your verdict"));
    assert!(!funded.about.contains(" of "), "no counts: {}", funded.about);
    assert_eq!(otherwise(&view, Outcome::EndReview, Some(&blind(SeatStatus::Funded))), "then your seat is freed");
    assert!(says(&blind(SeatStatus::Accepted)).about.contains("for 12.00"));
    let open = ReviewView {
        assignment: Some(seat(SeatStatus::Submitted)),
        ..review(3, &[SeatStatus::Submitted, SeatStatus::Funded, SeatStatus::Funded])
    };
    assert!(says(&open).about.starts_with("1 of 3 verdicts is in."));
}
