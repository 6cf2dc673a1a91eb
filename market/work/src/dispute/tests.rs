use super::*;

fn known(opener: Party, answered: bool, delivered: bool, consensus: Option<Verdict>) -> Ruling {
    default_ruling(DefaultFacts { opener, answered, delivered, consensus, price: Money(40_001) })
}

#[test]
fn the_proofers_word_counts_whoever_is_silent() {
    for side in [Party::Poster, Party::Worker] {
        for answered in [true, false] {
            assert_eq!(known(side, answered, true, Some(Verdict::Approve)), Ruling::Release);
            assert_eq!(known(side, answered, true, Some(Verdict::Reject)), Ruling::Refund);
        }
    }
}

#[test]
fn nothing_handed_in_is_nothing_paid() {
    for side in [Party::Poster, Party::Worker] {
        for answered in [true, false] {
            assert_eq!(known(side, answered, false, None), Ruling::Refund);
        }
    }
}

#[test]
fn else_silence_is_for_the_opener_or_each_gets_half() {
    for consensus in [None, Some(Verdict::NeedsRevision)] {
        assert_eq!(known(Party::Poster, false, true, consensus), Ruling::Refund);
        assert_eq!(known(Party::Worker, false, true, consensus), Ruling::Release);
        for side in [Party::Poster, Party::Worker] {
            assert_eq!(known(side, true, true, consensus), Ruling::Split { worker: Money(20_001) }, "the odd cent is the worker's");
        }
    }
}

#[test]
fn nobody_gains_by_taking_a_dispute_back() {
    use job::Status;
    for &from in Status::ALL {
        // A worker is never closer to being paid than before, a poster never closer to a refund.
        let worker = after_withdrawal(Party::Worker, from);
        assert!(worker != AfterWithdrawal::Approved || from == Status::Releasing, "{from}");
        assert!(after_withdrawal(Party::Poster, from) != AfterWithdrawal::Refunded, "{from}");
    }
    assert_eq!(after_withdrawal(Party::Poster, Status::Delivered), AfterWithdrawal::Approved);
    assert_eq!(after_withdrawal(Party::Worker, Status::Disputed), AfterWithdrawal::Refunded);
    assert_eq!(after_withdrawal(Party::Worker, Status::InProgress), AfterWithdrawal::Work);
}
