//! The words for endpoints and deliveries.

use crate::ui::status::Mark;
use crate::ui::when::ahead;
use market::Time;
use market::delivery::{Delivery, State};
use market::endpoint::{DisabledReason, Endpoint, Status};
use market::id::{DeliveryId, EndpointId};
use market::wire::{ALL_EVENTS, Dialect};

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
}
