use super::*;

fn facts(status: Status) -> Facts {
    Facts { status, applications: 0, seats: None, consensus: None, unanswered: None, due_at: None }
}

fn moves(facts: &Facts) -> (Mover, Move) {
    let next = next_move(facts);
    (next.who, next.what)
}

#[test]
fn every_status_has_a_last_rule_and_a_default_outcome_unless_it_is_closed() {
    for &status in Status::ALL {
        let last = RULES.iter().rfind(|rule| rule.status == status).expect("a rule");
        assert_eq!(last.when, When::Otherwise, "{status}");
        assert_eq!(next_move(&facts(status)).otherwise.is_none(), status.is_closed(), "{status}");
        assert_eq!(moves(&facts(status)).0 == Mover::Nobody, status.is_closed(), "{status}");
    }
}

#[test]
fn the_rules_read_as_a_table() {
    let lines = RULES.iter().map(|rule| format!("{} {:?}: {} {}\n", rule.status, rule.when, rule.who, rule.what));
    insta::assert_snapshot!(lines.collect::<String>());
}

#[test]
fn an_open_job_waits_for_its_poster_once_somebody_applied() {
    let open = facts(Status::Open);
    assert_eq!(moves(&open), (Mover::Anyone, Move::Apply));
    assert_eq!(moves(&Facts { applications: 1, ..open }), (Mover::Poster, Move::Choose));
}

#[test]
fn seats_are_filled_then_funded() {
    let waiting = |taken, unfunded, applications| {
        moves(&Facts { seats: Some(Seats { asked: 2, taken, unfunded, applications }), ..facts(Status::PendingProof) })
    };
    assert_eq!(waiting(0, 0, 0), (Mover::Anyone, Move::ApplyToProof));
    assert_eq!(waiting(1, 1, 0), (Mover::Anyone, Move::ApplyToProof));
    assert_eq!(waiting(1, 1, 3), (Mover::Poster, Move::ChooseProofers));
    assert_eq!(waiting(2, 2, 3), (Mover::Poster, Move::FundReview));
    assert_eq!(waiting(2, 0, 1), (Mover::Poster, Move::ChooseProofers), "they tied");
    assert_eq!(waiting(3, 1, 0), (Mover::Poster, Move::FundReview), "a tie-break waits for its fee");
    assert_eq!(moves(&facts(Status::PendingProof)), (Mover::Poster, Move::ChooseProofers), "seats are the poster's knowledge");
}

#[test]
fn a_silent_worker_does_not_lose_what_the_proofers_approved() {
    let revised = facts(Status::RevisionRequested);
    assert_eq!(next_move(&revised).otherwise, Some(Outcome::Abandon));
    assert_eq!(next_move(&Facts { consensus: Some(Verdict::NeedsRevision), ..revised }).otherwise, Some(Outcome::Abandon));
    assert_eq!(next_move(&Facts { consensus: Some(Verdict::Approve), ..revised }).otherwise, Some(Outcome::AutoApprove));
}

#[test]
fn a_dispute_waits_for_its_answer_then_for_its_ruling() {
    let opened = facts(Status::Disputed);
    let waits_for = |side| Facts { unanswered: Some(side), ..opened };
    assert_eq!(moves(&waits_for(Party::Worker)), (Mover::Worker, Move::Answer));
    assert_eq!(moves(&waits_for(Party::Poster)), (Mover::Poster, Move::Answer));
    assert_eq!(moves(&opened), (Mover::Admin, Move::Rule));
    assert_eq!(next_move(&opened).otherwise, Some(Outcome::Rule));
    let rejected = facts(Status::Rejected);
    assert_eq!(moves(&rejected), (Mover::Poster, Move::Reconsider));
    assert_eq!(next_move(&rejected).otherwise, Some(Outcome::Refund));
}
