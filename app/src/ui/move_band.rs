//! The first thing on a job: whose move it is, how long is left, what happens otherwise.

use super::countdown::Countdown;
use leptos::prelude::*;
use market::Time;

/// The band. `children` are the acts of whoever looks.
#[component]
pub fn MoveBand(
    /// Whether the one who looks is the one to move.
    yours: bool,
    /// `Your move: release the payment`.
    #[prop(into)]
    whose: String,
    /// One sentence of what this is about.
    #[prop(into)]
    about: String,
    /// When the timer fires and what happens then: `then 480.00 is released`.
    #[prop(optional_no_strip)]
    timer: Option<Timer>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let who = if yours { "you" } else { "other" };
    view! {
        <section class="move" data-who=who aria-labelledby="whose-move">
            <div><p class="whose" id="whose-move">{whose}</p><p>{about}</p></div>
            {timer.map(|timer| {
                view! {
                    <div class="timer">
                        <Countdown at=timer.at.to_string() left_ms=timer.at.since(timer.now).as_ms() />
                        {timer.otherwise}
                    </div>
                }
            })}
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </section>
    }
}

/// A deadline and its default outcome.
#[derive(Clone, Debug)]
pub struct Timer {
    /// When it fires.
    pub at: Time,
    /// When the page was drawn.
    pub now: Time,
    /// What happens then, as it reads after the time left.
    pub otherwise: String,
}
