//! The band at the top of a job: whose move it is, how much time is left, what happens otherwise.

use super::countdown::Countdown;
use leptos::prelude::*;
use market::Time;

/// The band. `children` are the viewer's acts.
#[component]
pub fn StatusBanner(
    /// True if it is the viewer's move.
    yours: bool,
    /// The id of the title, unique on the page.
    #[prop(default = "whose-move".to_owned())]
    id: String,
    /// The title: `Your move: release the payment`.
    #[prop(into)]
    whose: String,
    /// One sentence on what has to be done.
    #[prop(into)]
    about: String,
    /// The deadline and its default outcome: `then 480.00 is released`.
    #[prop(optional_no_strip)]
    timer: Option<Deadline>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let who = if yours { "you" } else { "other" };
    let title = id.clone();
    view! {
        <section class="move" data-who=who aria-labelledby=title>
            <div><p class="whose" id=id>{whose}</p><p>{about}</p></div>
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
pub struct Deadline {
    /// The deadline.
    pub at: Time,
    /// The time of rendering.
    pub now: Time,
    /// The default outcome, as it reads after the time left.
    pub otherwise: String,
}
