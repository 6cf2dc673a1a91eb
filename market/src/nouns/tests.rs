use super::REGISTRY;
use platform::event::Relation;
use std::collections::BTreeSet;
use std::path::Path;
use work::job::{HistoryEvent, Outcome};

#[test]
fn every_event_type_is_in_its_nouns_specs() {
    let mut declared = 0;
    let nouns = ["src", "identity/src", "payments/src", "webhooks/src", "work/src"]
        .into_iter()
        .flat_map(|folder| std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the sources"));
    for noun in nouns.map(|noun| noun.expect("an entry").path()) {
        let parts = std::fs::read_dir(noun.join("events")).into_iter().flatten().map(|part| part.expect("an entry").path());
        for file in std::iter::once(noun.join("events.rs")).chain(parts) {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            // One `impl` inside a macro stands for each use of it.
            let (named, in_macros) = (text.matches("impl EventType for ").count(), text.matches("impl EventType for $").count());
            declared += named - in_macros + text.matches("\namount_event!(").count();
        }
    }
    let names: BTreeSet<_> = REGISTRY.events.specs().map(|spec| spec.name).collect();
    assert_eq!(names.len(), REGISTRY.events.specs().count(), "each name once");
    assert_eq!(names.len(), declared, "a type that no SPECS lists is received by nobody");
}

#[test]
fn no_side_receives_an_event_twice() {
    for spec in REGISTRY.events.specs() {
        for relation in [Relation::Own, Relation::Named, Relation::Topic] {
            assert!(spec.views_of(relation).count() <= 1, "{} to {relation:?}", spec.name);
        }
    }
}

#[test]
fn a_stream_type_has_one_sentence() {
    for spec in REGISTRY.events.specs() {
        for sent in spec.stream_types() {
            assert!(REGISTRY.events.stream_types().contains(&sent), "{}", sent.name);
        }
    }
}

#[test]
fn what_a_history_tells_is_kept_and_sent_to_somebody() {
    for event in HistoryEvent::ALL {
        assert!(REGISTRY.events.find(event.as_str()).is_some_and(|spec| spec.in_history), "{event}: keep it in history");
    }
    assert!(REGISTRY.events.specs().all(|spec| !spec.in_history || spec.stream_types().next().is_some()));
}

#[test]
fn every_outcome_of_a_job_has_its_timer() {
    for outcome in Outcome::ALL {
        assert!(REGISTRY.timers.find(outcome.as_str()).is_some(), "{outcome}");
    }
}
