use super::*;
use crate::job::Status;

/// Facts of a dispute on delivered work.
fn facts(opener: Party) -> DefaultFacts {
    DefaultFacts {
        opener,
        came_from: Status::Delivered,
        called_off: false,
        bound: false,
        answered: false,
        delivered: true,
        delivered_since: false,
        consensus: None,
        price: Money(40_001),
    }
}

/// Facts of a dispute on work that was not handed in yet.
fn at_work(opener: Party) -> DefaultFacts {
    DefaultFacts { came_from: Status::InProgress, delivered: false, ..facts(opener) }
}

const SIDES: [Party; 2] = [Party::Poster, Party::Worker];

#[test]
fn the_proofers_word_counts_whoever_is_silent() {
    for opener in SIDES {
        for answered in [true, false] {
            let known = |consensus| DefaultFacts { answered, consensus: Some(consensus), ..facts(opener) };
            assert_eq!(default_ruling(known(Verdict::Approve)), Some(Ruling::Release));
            assert_eq!(default_ruling(known(Verdict::Reject)), Some(Ruling::Refund));
        }
    }
}

#[test]
fn an_approval_binds_the_poster_whatever_the_proofers_found() {
    for opener in SIDES {
        for consensus in [None, Some(Verdict::Reject), Some(Verdict::NeedsRevision)] {
            for answered in [true, false] {
                let known = DefaultFacts { bound: true, came_from: Status::Releasing, answered, consensus, ..facts(opener) };
                assert_eq!(default_ruling(known), Some(Ruling::Release), "{known:?}");
            }
        }
    }
}

#[test]
fn a_poster_does_not_take_a_funded_job_back_from_a_worker_who_answers_or_delivers() {
    let opened = at_work(Party::Poster);
    assert_eq!(default_ruling(opened), Some(Ruling::Refund), "who says and does nothing is not paid");
    for known in [
        DefaultFacts { answered: true, ..opened },
        DefaultFacts { delivered: true, delivered_since: true, ..opened },
        DefaultFacts { answered: true, came_from: Status::RevisionRequested, delivered: true, ..opened },
        DefaultFacts { came_from: Status::RevisionRequested, delivered: true, delivered_since: true, ..opened },
    ] {
        assert_eq!(default_ruling(known), None, "the job goes on: {known:?}");
    }
}

#[test]
fn silence_about_nothing_delivered_refunds_nobody_who_did_not_answer() {
    let opened = at_work(Party::Worker);
    assert_eq!(default_ruling(opened), None, "the work goes on");
    assert_eq!(default_ruling(DefaultFacts { answered: true, ..opened }), Some(Ruling::Refund));
    let objected = DefaultFacts { called_off: true, answered: true, came_from: Status::Rejected, ..opened };
    assert_eq!(default_ruling(objected), None, "the work that was called off goes on");
    assert_eq!(default_ruling(DefaultFacts { delivered: true, delivered_since: true, ..objected }), None, "and is judged once it is there");
}

#[test]
fn else_silence_is_for_the_opener_or_each_gets_half() {
    for consensus in [None, Some(Verdict::NeedsRevision)] {
        assert_eq!(default_ruling(DefaultFacts { consensus, ..facts(Party::Poster) }), Some(Ruling::Refund));
        assert_eq!(default_ruling(DefaultFacts { consensus, ..facts(Party::Worker) }), Some(Ruling::Release));
        for opener in SIDES {
            let half = Some(Ruling::Split { worker: Money(20_001) });
            assert_eq!(default_ruling(DefaultFacts { answered: true, consensus, ..facts(opener) }), half, "the odd cent is the worker's");
        }
    }
}

/// Lists all facts that can be.
fn all() -> Vec<DefaultFacts> {
    let mut all = Vec::new();
    for opener in SIDES {
        for came_from in
            [Status::InProgress, Status::RevisionRequested, Status::Delivered, Status::Approved, Status::Rejected, Status::Releasing]
        {
            for bits in 0..8 {
                let [answered, since, bound] = [1, 2, 4].map(|bit| bits & bit != 0);
                let delivered_since = since && is_working(came_from) && opener == Party::Poster;
                let delivered = came_from != Status::InProgress || delivered_since;
                for consensus in [None, Some(Verdict::Approve), Some(Verdict::NeedsRevision), Some(Verdict::Reject)] {
                    let bound = bound && came_from == Status::Releasing;
                    let price = Money(2);
                    let known = DefaultFacts {
                        opener,
                        came_from,
                        called_off: false,
                        bound,
                        answered,
                        delivered,
                        delivered_since,
                        consensus,
                        price,
                    };
                    all.push(known);
                }
            }
        }
    }
    all
}

#[test]
fn no_side_gains_by_its_own_silence() {
    let paid = |known: &DefaultFacts| match default_ruling(*known) {
        Some(Ruling::Release) => 2,
        Some(Ruling::Split { worker }) => worker.0,
        Some(Ruling::Refund) => 0,
        // The job goes on, and nobody has got anything.
        None => 1,
    };
    for silent in all().into_iter().filter(|known| !known.answered) {
        let spoke = DefaultFacts { answered: true, ..silent };
        match silent.opener {
            Party::Poster => assert!(paid(&silent) <= paid(&spoke), "a silent worker: {silent:?}"),
            Party::Worker => assert!(paid(&silent) >= paid(&spoke), "a silent poster: {silent:?}"),
        }
        assert!(!why(&silent).is_empty() && why(&spoke).starts_with("Nobody ruled in time"));
    }
}

#[test]
fn nobody_gains_by_taking_a_dispute_back() {
    for &from in Status::ALL {
        for since in [false, true] {
            // A worker is never closer to being paid than before, a poster never closer to a refund.
            assert_ne!(after_withdrawal(Party::Worker, from, since), AfterWithdrawal::Approved, "{from}");
            assert_ne!(after_withdrawal(Party::Poster, from, since), AfterWithdrawal::Refunded, "{from}");
        }
    }
    assert_eq!(after_withdrawal(Party::Poster, Status::Delivered, false), AfterWithdrawal::Approved);
    assert_eq!(after_withdrawal(Party::Worker, Status::Rejected, false), AfterWithdrawal::Refunded);
    assert_eq!(after_withdrawal(Party::Worker, Status::InProgress, false), AfterWithdrawal::Work);
    assert_eq!(after_withdrawal(Party::Poster, Status::RevisionRequested, false), AfterWithdrawal::Revision);
    assert_eq!(after_withdrawal(Party::Poster, Status::RevisionRequested, true), AfterWithdrawal::HandOver);
}
