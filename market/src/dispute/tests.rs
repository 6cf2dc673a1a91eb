use super::*;

fn known(opener: Side, answered: bool, delivered: bool, consensus: Option<Verdict>) -> Ruling {
    default_ruling(Known { opener, answered, delivered, consensus, price: Money(40_001) })
}

#[test]
fn the_proofers_word_counts_whoever_is_silent() {
    for side in [Side::Poster, Side::Worker] {
        for answered in [true, false] {
            assert_eq!(known(side, answered, true, Some(Verdict::Approve)), Ruling::Release);
            assert_eq!(known(side, answered, true, Some(Verdict::Reject)), Ruling::Refund);
        }
    }
}

#[test]
fn nothing_handed_in_is_nothing_paid() {
    for side in [Side::Poster, Side::Worker] {
        for answered in [true, false] {
            assert_eq!(known(side, answered, false, None), Ruling::Refund);
        }
    }
}

#[test]
fn else_silence_is_for_the_opener_or_each_gets_half() {
    for consensus in [None, Some(Verdict::NeedsRevision)] {
        assert_eq!(known(Side::Poster, false, true, consensus), Ruling::Refund);
        assert_eq!(known(Side::Worker, false, true, consensus), Ruling::Release);
        for side in [Side::Poster, Side::Worker] {
            assert_eq!(known(side, true, true, consensus), Ruling::Split { worker: Money(20_001) }, "the odd cent is the worker's");
        }
    }
}

#[test]
fn nobody_gains_by_taking_a_dispute_back() {
    use job::Status;
    for &from in Status::ALL {
        // A worker is never closer to being paid than before, a poster never closer to a refund.
        let worker = course(Side::Worker, from);
        assert!(worker != Course::Approved || from == Status::Releasing, "{from}");
        assert!(course(Side::Poster, from) != Course::Refunded, "{from}");
    }
    assert_eq!(course(Side::Poster, Status::Delivered), Course::Approved);
    assert_eq!(course(Side::Worker, Status::Disputed), Course::Refunded);
    assert_eq!(course(Side::Worker, Status::InProgress), Course::Work);
}
