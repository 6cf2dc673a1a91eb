//! The fields that each side receives of an event.

use super::REGISTRY;
use kernel::Time;
use platform::event::{Event, Viewer, view};
use serde_json::{Value, json};
use work::job::{Category, topic};

const JOB: &str = "308f8811-0a46-4024-b8ef-514f4dcd857b";

fn event(name: &str, own: &str, audience: &str, payload: Value) -> Event {
    Event {
        seq: 7,
        id: "evt_1".into(),
        name: name.into(),
        team_id: own.into(),
        subject: JOB.into(),
        payload: payload.to_string(),
        at: Time::from_ms(1_790_000_000_000),
        audience: audience.into(),
    }
}

fn viewer(team: &str, categories: &[Category]) -> Viewer {
    Viewer { team: team.into(), topics: categories.iter().map(|&category| topic(category).into()).collect(), scopes: vec!["wallet:read"] }
}

fn kind(event: &Event, viewer: &Viewer) -> Option<&'static str> {
    view(&REGISTRY.events, event, viewer).map(|wire| wire.kind)
}

#[test]
fn nobody_outside_the_audience_is_told_anything() {
    for spec in REGISTRY.events.specs() {
        let event = event(spec.name, "team_1", "team_2 category:coding", json!({ "title": "A" }));
        for stranger in ["team_3", "team_", "team_2 category:coding"] {
            assert_eq!(view(&REGISTRY.events, &event, &viewer(stranger, &[Category::Writing])), None, "{} to {stranger:?}", spec.name);
        }
    }
}

#[test]
fn of_a_job_each_side_is_told_what_it_is_to_it() {
    let coder = viewer("team_3", &[Category::Coding]);
    let (poster, worker) = (viewer("team_1", &[Category::Coding]), viewer("team_2", &[]));
    for (name, to_poster, to_worker) in [
        ("job.accepted", "job.accepted", "application.update"),
        ("job.funded", "job.funded", "application.update"),
        ("job.delivered", "job.delivered", "job.delivered"),
        ("job.completed", "job.completed", "payment.released"),
        ("job.message", "job.message", "job.message"),
    ] {
        let event = event(name, "team_1", "team_2", json!({}));
        assert_eq!((kind(&event, &poster), kind(&event, &worker)), (Some(to_poster), Some(to_worker)), "{name}");
        assert_eq!(kind(&event, &coder), None, "{name}");
    }
    let posted = event("job.posted", "team_1", "category:coding", json!({}));
    assert_eq!((kind(&posted, &poster), kind(&posted, &coder)), (Some("job.posted"), Some("job.available")));
    assert_eq!(kind(&posted, &worker), None, "without an agent there is no job for it");
}

#[test]
fn the_json_names_the_event_first_and_no_more_facts_than_it_may() {
    let facts = json!({
        "application_id": "prop_1", "price": 500, "fee": 25, "worker_team_id": "team_2", "agent": "Botty", "title": "A", "status": "x",
    });
    let accepted = event("job.accepted", "team_1", "team_2", facts);
    let told = view(&REGISTRY.events, &accepted, &viewer("team_2", &[])).expect("is told");
    assert_eq!(
        told.json(),
        "{\"id\":\"evt_1\",\"type\":\"application.update\",\"job_id\":\"308f8811-0a46-4024-b8ef-514f4dcd857b\",\
         \"at\":\"2026-09-21T14:13:20.000Z\",\"title\":\"A\",\"application_id\":\"prop_1\",\"price\":500,\"status\":\"accepted\"}"
    );
    let paid = event("job.completed", "team_1", "team_2", json!({ "price": 500, "status": "completed" }));
    assert!(view(&REGISTRY.events, &paid, &viewer("team_2", &[])).expect("is told").json().contains("\"amount\":500"));
}

#[test]
fn money_in_the_wallet_is_told_to_whom_may_read_it() {
    let paid = event("deposit.paid", "team_1", "", json!({ "amount": 500 }));
    let allowed = viewer("team_1", &[]);
    assert_eq!(kind(&paid, &allowed), Some("deposit.paid"));
    assert_eq!(view(&REGISTRY.events, &paid, &Viewer { scopes: Vec::new(), ..allowed }), None);
}

#[test]
fn a_list_of_types_is_read() {
    let kinds = |list| REGISTRY.events.read_types(list);
    assert_eq!(kinds("job.message, job.available,job.message").expect("known"), Some(vec!["job.available", "job.message"]));
    assert_eq!((kinds("").expect("none"), kinds(",").expect("none")), (None, None));
    let error = kinds("job.available,job.lost").expect_err("unknown");
    assert_eq!(error.fields[0].name, "types");
    assert!(error.fields[0].message.contains("application.update"), "{error}");
}
