//! The words for endpoints and deliveries.

use super::loaders::Choice;
use crate::ui::status::Mark;
use crate::ui::when::ahead;
use market::delivery::{Delivery, State};
use market::endpoint::{DisabledReason, Endpoint, Status};
use market::id::{DeliveryId, EndpointId};
use market::wire::{ALL_EVENTS, Dialect};
use market::{Duration, Time};

/// The wait for a delivery that is being sent, and for one after it is due: the sender looks each second.
const SOON: Duration = Duration::seconds(1);
/// The wait for a delivery whose turn comes after another one's.
const TURN: Duration = Duration::seconds(5);
/// The longest wait for an attempt that a page is kept up to date for.
const NEAR: Duration = Duration::minutes(10);

/// The word of forms for all of the team: an empty field reads like one that is not there.
pub(super) const TEAM: &str = "team";

/// The address of the list of endpoints.
pub(super) const LIST: &str = "/webhooks";

/// Returns the address of an endpoint's page.
pub(crate) fn address(id: &EndpointId) -> String {
    format!("{LIST}/{id}")
}

/// Returns the address of a delivery's page.
pub(super) fn address_of(endpoint: &EndpointId, delivery: &DeliveryId) -> String {
    format!("{LIST}/{endpoint}/deliveries/{delivery}")
}

/// Returns an address without its scheme: `ops.example/hooks`.
pub(super) fn short(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

/// Returns the host of an endpoint, with its port if it has one.
pub(super) fn host(endpoint: &Endpoint) -> String {
    short(&endpoint.origin()).to_owned()
}

/// Returns the path of an address with its query, as a request names it.
pub(super) fn path(url: &str) -> String {
    short(url).split_once('/').map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"))
}

/// Returns the state of an endpoint.
pub(super) fn state(endpoint: &Endpoint) -> (Mark, &'static str) {
    match (endpoint.status, endpoint.disabled_reason) {
        (Status::Active, _) if endpoint.failing_since.is_some() => (Mark::Retries, "Retrying"),
        (Status::Active, _) => (Mark::Done, "Active"),
        (Status::Disabled, Some(DisabledReason::ByHand)) => (Mark::Off, "Disabled"),
        (Status::Disabled, _) => (Mark::Failed, "Disabled"),
    }
}

/// Returns the reason why an endpoint is disabled, in a few words.
pub(super) const fn why(reason: DisabledReason) -> &'static str {
    match reason {
        DisabledReason::Gone => "It answered 410",
        DisabledReason::Failing => "It failed for five days",
        DisabledReason::ByHand => "By a member",
    }
}

/// Returns the number of events that an endpoint hears.
pub(super) fn heard(events: &[String]) -> String {
    if events.iter().any(|name| name == ALL_EVENTS) { "All".to_owned() } else { events.len().to_string() }
}

/// Returns the state of a delivery. A due one waits while its endpoint is disabled, or fails and another delivery tries it.
pub(super) fn state_of(delivery: &Delivery, endpoint: &Endpoint, now: Time) -> (Mark, String) {
    match (delivery.state, delivery.next_at.filter(|at| *at > now)) {
        (State::Delivered, _) => (Mark::Done, "Delivered".to_owned()),
        (State::Failed, _) => (Mark::Failed, "Given up".to_owned()),
        (State::Waiting, _) if endpoint.status == Status::Disabled => (Mark::Off, "Waits".to_owned()),
        (State::Waiting, Some(at)) => (Mark::Retries, format!("Next {}", ahead(at, now))),
        (State::Waiting, None) if endpoint.failing_since.is_some() => (Mark::Waits, "Waits its turn".to_owned()),
        (State::Waiting, None) => (Mark::Waits, "Being sent".to_owned()),
    }
}

/// Returns the name of the agent that an endpoint belongs to; its id, if the member may not see agents.
pub(super) fn agent(endpoint: &Endpoint, agents: &[Choice]) -> Option<String> {
    let id = endpoint.agent_id.as_ref()?;
    Some(agents.iter().find(|agent| agent.id == *id).map_or_else(|| id.to_string(), |agent| agent.name.clone()))
}

/// Returns the last answer to a delivery: its code, the code's look, and the latency; dashes for what there was not.
pub(super) fn last_answer(delivery: &Delivery) -> (String, &'static str, String) {
    let nothing = || "–".to_owned();
    let code = delivery.last_status.map_or_else(nothing, |status| status.to_string());
    let class = if delivery.last_latency_ms.is_none() { "mono" } else { code_class(delivery.last_status) };
    (code, class, delivery.last_latency_ms.map_or_else(nothing, latency))
}

/// Returns the look of a status: of 2xx the usual one.
pub(super) fn code_class(status: Option<i64>) -> &'static str {
    if status.is_some_and(|status| (200..300).contains(&status)) { "mono" } else { "mono bad-ink" }
}

/// Returns the milliseconds after which these deliveries have moved: soon while one is being sent, and after the next attempt if that is
/// near. None if they rest.
pub(super) fn moved_after<'d>(deliveries: impl IntoIterator<Item = &'d Delivery>, endpoint: &Endpoint, now: Time) -> Option<i64> {
    let waiting = deliveries.into_iter().filter(|one| one.state == State::Waiting && endpoint.status == Status::Active);
    let waits = waiting.map(|one| match one.next_at? {
        at if at > now => Some(at.since(now)).filter(|wait| *wait <= NEAR).map(|wait| Duration::ms(wait.as_ms() + SOON.as_ms())),
        _ if endpoint.failing_since.is_some() => Some(TURN),
        _ => Some(SOON),
    });
    waits.flatten().min().map(Duration::as_ms)
}

/// Returns the name of a state in the filter of the log.
pub(super) const fn state_name(state: State) -> &'static str {
    match state {
        State::Waiting => "Waiting",
        State::Delivered => "Delivered",
        State::Failed => "Given up",
    }
}

/// Returns the name of a dialect.
pub(super) const fn dialect(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Guildhall => "Guildhall, as in the streams",
        Dialect::Gagiteck => "gagiteck",
        Dialect::Gigeco => "gigeco",
        Dialect::Gigiac => "gigiac",
    }
}

/// Formats a latency: `231 ms`, `1.9 s`.
pub(super) fn latency(ms: i64) -> String {
    if ms < 1_000 { format!("{ms} ms") } else { format!("{}.{} s", ms / 1_000, ms % 1_000 / 100) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_path() {
        assert_eq!(path("https://ops.example/hooks?key=1"), "/hooks?key=1");
        assert_eq!((path("https://ops.example").as_str(), short("https://ops.example/in")), ("/", "ops.example/in"));
    }

    #[test]
    fn latencies_are_short() {
        assert_eq!((latency(231).as_str(), latency(1_940).as_str(), latency(15_000).as_str()), ("231 ms", "1.9 s", "15.0 s"));
    }

    #[test]
    fn a_page_looks_again_when_a_delivery_has_moved() {
        let now = Time::from_ms(1_000_000);
        let delivery = |state, next_at| Delivery {
            id: "msg_1".into(),
            endpoint_id: "wh_1".into(),
            event: "job.posted".into(),
            event_at: now,
            state,
            attempts: 1,
            next_at,
            created_at: now,
            ended_at: None,
            last_status: None,
            last_latency_ms: Some(1_940),
        };
        let waits = |next_at| delivery(State::Waiting, Some(next_at));
        let (ended, due) = (delivery(State::Delivered, None), waits(now));
        let (soon, far) = (waits(now.after(Duration::seconds(5))), waits(now.after(Duration::hours(2))));
        let mut endpoint = endpoint(now);
        assert_eq!(moved_after([&ended, &far], &endpoint, now), None);
        assert_eq!(moved_after([&far, &soon], &endpoint, now), Some(6_000));
        assert_eq!(moved_after([&soon, &due], &endpoint, now), Some(1_000));
        assert_eq!(last_answer(&due), ("–".to_owned(), "mono bad-ink", "1.9 s".to_owned()));
        endpoint.failing_since = Some(now);
        assert_eq!(moved_after([&due], &endpoint, now), Some(5_000));
        endpoint.status = Status::Disabled;
        assert_eq!(moved_after([&due, &soon], &endpoint, now), None);
    }

    fn endpoint(now: Time) -> Endpoint {
        Endpoint {
            id: "wh_1".into(),
            team_id: "team_1".into(),
            agent_id: None,
            url: "https://ops.example/hooks".into(),
            description: String::new(),
            events: vec![ALL_EVENTS.into()],
            dialect: Dialect::Guildhall,
            scopes: Vec::new(),
            status: Status::Active,
            disabled_reason: None,
            failing_since: None,
            previous_until: None,
            created_at: now,
            updated_at: now,
        }
    }
}
