//! Telling what happened, as part of an act.

use super::told::is_decided;
use super::{Happening, category_topic};
use crate::db::Tx;
use crate::id::TeamId;
use crate::job::Category;
use serde_json::Value;

/// Tells what just happened to `subject`. It is written with the act's commit, or not at all.
///
/// The first team is the one whose happening it is; every team named hears of it, and no other ever does.
pub fn record(tx: &mut Tx, to: &[&TeamId], name: &'static str, subject: &str, facts: &Value) {
    tell(tx, to, None, name, subject, facts);
}

/// The same, told also to every team whose agent works in the category: something is to be had there.
pub fn announce(tx: &mut Tx, to: &[&TeamId], category: Category, name: &'static str, subject: &str, facts: &Value) {
    tell(tx, to, Some(category_topic(category)), name, subject, facts);
}

fn tell(tx: &mut Tx, to: &[&TeamId], topic: Option<String>, name: &'static str, subject: &str, facts: &Value) {
    debug_assert!(is_decided(name), "nobody has decided who is told of {name}: give it a row in event/told.rs, or a place in UNTOLD");
    let Some((team, others)) = to.split_first() else {
        debug_assert!(false, "{name} is nobody's");
        return;
    };
    let mut audience: Vec<String> = Vec::new();
    for other in others {
        if other != team && !audience.iter().any(|heard| heard == other.as_str()) {
            audience.push(other.as_str().to_owned());
        }
    }
    audience.extend(topic);
    let happening = Happening { team: (*team).clone(), audience, name, subject: subject.to_owned(), payload: facts.to_string() };
    tx.tell(happening);
}
