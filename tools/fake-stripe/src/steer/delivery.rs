//! The ways in which events reach their receiver: held back, repeated, in another order, or never.

use crate::state::{Endpoint, Shared};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

/// The rules of sending events.
#[derive(Default)]
pub(crate) struct Delivery {
    is_held: bool,
    held: Vec<Value>,
    /// The further copies of each event.
    copies: usize,
    /// The number of coming events that are never sent.
    drops: usize,
}

impl Delivery {
    /// Returns the events to send now, since this one was made.
    pub(crate) fn admit(&mut self, event: Value) -> Vec<Value> {
        if self.drops > 0 {
            self.drops -= 1;
            return Vec::new();
        }
        if self.is_held {
            self.held.push(event);
            return Vec::new();
        }
        vec![event; self.copies + 1]
    }
}

/// The order in which held events are sent.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Order {
    #[default]
    Made,
    Reverse,
    /// A fixed order that is neither of the two: every second event first, from the end.
    Shuffle,
}

#[derive(Deserialize)]
pub(super) struct Events {
    /// True to keep events back, false to send those that were kept.
    #[serde(default)]
    hold: bool,
    /// True to drop those that were kept instead.
    #[serde(default)]
    lose: bool,
    #[serde(default)]
    order: Order,
    /// The times that each event is sent from now on; one is usual.
    repeat: Option<usize>,
    /// The number of coming events that are never sent. `GET /v1/events` still lists them.
    drop: Option<usize>,
}

pub(super) async fn events(State(fake): State<Shared>, Json(asked): Json<Events>) -> StatusCode {
    let mut state = fake.lock();
    if let Some(times) = asked.repeat {
        state.delivery.copies = times.saturating_sub(1);
    }
    if let Some(drops) = asked.drop {
        state.delivery.drops = drops;
    }
    state.delivery.is_held = asked.hold;
    if asked.hold {
        return StatusCode::OK;
    }
    let held = std::mem::take(&mut state.delivery.held);
    if !asked.lose {
        let copies = state.delivery.copies + 1;
        for event in ordered(held, asked.order) {
            (0..copies).for_each(|_| state.send(event.clone()));
        }
    }
    StatusCode::OK
}

fn ordered(mut held: Vec<Value>, order: Order) -> Vec<Value> {
    match order {
        Order::Made => {}
        Order::Reverse => held.reverse(),
        Order::Shuffle => {
            held.reverse();
            let (odd, even): (Vec<_>, Vec<_>) = held.into_iter().enumerate().partition(|(at, _)| at % 2 == 1);
            held = odd.into_iter().chain(even).map(|(_, event)| event).collect();
        }
    }
    held
}

/// Another address for events; with `connect` only for those of connected accounts.
#[derive(Deserialize)]
pub(super) struct Webhook {
    url: String,
    secret: String,
    #[serde(default)]
    connect: bool,
}

pub(super) async fn webhook(State(fake): State<Shared>, Json(asked): Json<Webhook>) -> StatusCode {
    let endpoint = Endpoint { url: asked.url, secret: asked.secret };
    let mut state = fake.lock();
    if asked.connect {
        state.connect = Some(endpoint);
    } else {
        state.endpoint = endpoint;
    }
    StatusCode::OK
}

/// An event to send again, by its id.
#[derive(Deserialize)]
pub(super) struct Resend {
    event: String,
}

pub(super) async fn resend(State(fake): State<Shared>, Json(asked): Json<Resend>) -> StatusCode {
    let state = fake.lock();
    let event = state.get(&asked.event);
    if event["object"] != "event" {
        return StatusCode::NOT_FOUND;
    }
    state.send(event);
    StatusCode::OK
}
