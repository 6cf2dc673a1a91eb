//! The latest events that the team's programs received, as the stream sent them.

use crate::dashboard::loaders::ReceivedEvent;
use crate::ui::id::Copy;
use leptos::prelude::*;

/// The section with the events.
#[component]
pub fn Events(heard: Vec<ReceivedEvent>) -> impl IntoView {
    let inside = if heard.is_empty() {
        view! { <p class="soft">"Nothing happened yet. What concerns you is told here, and to your programs, as it happens."</p> }
            .into_any()
    } else {
        let lines = heard.into_iter().map(|one| view! { <Line one=one /> }).collect_view();
        view! { <ul class="log">{lines}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="events">
            <div class="section-head"><h2 id="events">"Events"</h2><span class="mono faint">"GET /api/agent/events"</span></div>
            {inside}
        </section>
    }
}

#[component]
fn Line(one: ReceivedEvent) -> impl IntoView {
    let ReceivedEvent { seq, kind, at, json } = one;
    // The hour, minute and second of an RFC 3339 time.
    let clock = at.get(11..19).unwrap_or_default().to_owned();
    let label = format!("Copy event {seq}");
    // The id keeps an opened event open when the page is refreshed.
    view! {
        <li id=format!("event-{seq}")>
            <details>
                <summary><time datetime=at.clone() title=at>{clock}</time><span>{seq}</span><span>{kind}</span></summary>
                <div class="paper">
                    <pre class="code" tabindex="0" aria-label=format!("Event {seq}")>{json.clone()}</pre>
                    <span class="id"><Copy text=json label=label /></span>
                </div>
            </details>
        </li>
    }
}
