//! The pure rules of cases and of what people send.

use super::*;

#[test]
fn a_case_moves_only_along_its_arrows() {
    let mut arrows = String::new();
    for &from in Status::ALL {
        for &step in Step::ALL {
            if let Some(to) = from.after(step) {
                arrows.push_str(&format!("{from} --{step}--> {to}\n"));
            }
        }
        assert_eq!(from.is_closed(), Step::ALL.iter().all(|&step| from.after(step).is_none()), "{from}");
    }
    let expected = "open --hide--> hidden\nopen --dismiss--> dismissed\nhidden --appeal--> appealed\nhidden --restore--> restored\n\
                    appealed --uphold--> upheld\nappealed --restore--> restored\nupheld --restore--> restored\n";
    assert_eq!(arrows, expected);
}

#[test]
fn each_wrong_field_of_a_report_is_named() {
    let fields = |draft: Draft| {
        draft.check().map_or_else(|error| error.fields.into_iter().map(|field| field.name.into_owned()).collect(), |_| Vec::new())
    };
    let good = Draft { target_type: "job".into(), target_id: "x".into(), reason: "spam".into(), details: String::new() };
    assert!(fields(good.clone()).is_empty());
    assert_eq!(fields(Draft::default()), ["target_type", "reason"]);
    assert_eq!(fields(Draft { reason: "other".into(), ..good.clone() }), ["details"]);
    assert_eq!(fields(Draft { details: "x".repeat(DETAILS_MAX + 1), ..good }), ["details"]);
}

#[test]
fn a_decision_has_a_reason_and_is_no_appeal() {
    let decide = |decision: &str, reason: &str| Decision { decision: decision.into(), reason: reason.into() }.check();
    assert_eq!(decide("hide", " It is spam. "), Ok((Step::Hide, "It is spam.".to_owned())));
    let both: Vec<_> = decide("appeal", "no").expect_err("wrong").fields.into_iter().map(|field| field.name).collect();
    assert_eq!(both, ["decision", "reason"]);
}
