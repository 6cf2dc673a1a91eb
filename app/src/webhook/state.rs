//! The state of an endpoint in words, with the act that mends it.

use super::words;
use crate::ui::form::Act;
use crate::ui::notice::{Notice, Tone};
use crate::ui::pager::grouped;
use crate::ui::status_banner::StatusBanner;
use crate::ui::when::in_utc;
use leptos::prelude::*;
use market::endpoint::{DisabledReason, Endpoint, Status};

/// The state of an endpoint, if there is something to say about it.
#[component]
pub fn StateNotice(endpoint: Endpoint, waiting: i64) -> impl IntoView {
    if endpoint.status == Status::Disabled {
        return view! { <Disabled endpoint=endpoint waiting=waiting /> }.into_any();
    }
    let Some(since) = endpoint.failing_since else { return ().into_any() };
    view! {
        <Notice tone=Tone::Wait title=format!("It has failed since {}", in_utc(since))>
            <p>{format!("{}. One delivery at a time tries it; if all fail for five days, it is disabled.", wait(waiting))}</p>
        </Notice>
    }
    .into_any()
}

/// The band of an endpoint that is disabled, with the button that enables it.
#[component]
pub fn Disabled(endpoint: Endpoint, waiting: i64) -> impl IntoView {
    let host = words::host(&endpoint);
    let (yours, why) = match endpoint.disabled_reason {
        Some(DisabledReason::Gone) => (true, "It answered that it is gone (410), so nothing is sent to it any more."),
        Some(DisabledReason::Failing) => (true, "Every attempt of five days failed, so nothing is sent to it any more."),
        _ => (false, "A member disabled it, so nothing is sent to it."),
    };
    let kept = match waiting {
        0 => "Once it is on, you can replay what it missed.".to_owned(),
        _ => format!("{}, for 30 days at most.", wait(waiting)),
    };
    let whose = if yours { format!("Your move: {host} is disabled") } else { format!("{host} is disabled") };
    let act = if waiting == 0 { "Turn on".to_owned() } else { format!("Turn on and send {}", grouped(waiting)) };
    let label = format!("{act}: {host}, {}", endpoint.id);
    let (id, class) = (format!("disabled-{}", endpoint.id), if yours { "btn primary" } else { "btn" });
    view! {
        <StatusBanner yours=yours id=id whose=whose about=format!("{why} {kept}") timer=None>
            <Act to="webhooks/enable" on=("webhook", endpoint.id.to_string()) class=class label=label>{act}</Act>
        </StatusBanner>
    }
}

/// Returns the number of deliveries that wait, as a sentence without its end.
fn wait(waiting: i64) -> String {
    match waiting {
        0 => "Nothing waits".to_owned(),
        1 => "1 event waits".to_owned(),
        n => format!("{} events wait", grouped(n)),
    }
}
