use super::*;

#[test]
fn every_step_leads_somewhere() {
    let steps = [Step::Process, Step::Pay, Step::Fail, Step::Cancel, Step::Expire];
    let after: Vec<_> = Status::ALL.iter().map(|status| (status.as_str(), steps.map(|step| status.after(step).as_str()))).collect();
    assert_eq!(
        after,
        [
            ("open", ["processing", "paid", "failed", "cancelled", "expired"]),
            ("processing", ["processing", "paid", "failed", "processing", "processing"]),
            ("paid", ["paid"; 5]),
            ("failed", ["failed", "paid", "failed", "failed", "failed"]),
            ("cancelled", ["processing", "paid", "failed", "cancelled", "cancelled"]),
            ("expired", ["processing", "paid", "failed", "expired", "expired"]),
        ]
    );
}

#[test]
fn news_end_the_same_in_any_order() {
    let heard = [Step::Process, Step::Pay, Step::Expire];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let status = order.iter().fold(Status::Open, |status, &n| status.after(heard[n]));
        assert_eq!(status, Status::Paid, "{order:?}");
    }
    for order in [[Step::Process, Step::Fail], [Step::Fail, Step::Process]] {
        assert_eq!(order.iter().fold(Status::Open, |status, &step| status.after(step)), Status::Failed);
    }
}

#[test]
fn fees_are_those_of_the_reference() {
    let rules = Rules::default();
    assert_eq!(Method::Card.fee(&rules, Money(10_000)), Money(600));
    assert_eq!(Method::Card.fee(&rules, Money(999)), Money(105));
    assert_eq!(Method::BankDebit.fee(&rules, Money(10_000)), Money(90));
    assert_eq!(Method::BankDebit.fee(&rules, Money(500)), Money(5));
}
