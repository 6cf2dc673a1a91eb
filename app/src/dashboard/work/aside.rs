//! The column beside the active jobs: payments that wait for release, and API keys.

use crate::job::address;
use crate::ui::amount::Amount;
use crate::ui::countdown::Countdown;
use crate::ui::figures::{Sum, Sums};
use crate::ui::when::When;
use crate::ui::written::Name;
use crate::visitor;
use leptos::prelude::*;
use market::dashboard::Task;
use market::key::Key;
use market::{Money, Page};

/// The payments that wait for release, each with the time left.
#[component]
pub fn Releases(
    tasks: Vec<Task>,
    /// The sum of all pending payments; the list may be shorter.
    pending: Money,
) -> impl IntoView {
    let now = visitor::now();
    let rest = Money(pending.0 - tasks.iter().map(|task| task.price.0).sum::<i64>());
    let inside = if pending == Money::ZERO {
        view! { <p class="soft">"Nothing is cooling down."</p> }.into_any()
    } else {
        let lines = tasks.into_iter().map(|task| {
            let left = task.due_at.map(|at| view! { <Countdown at=at.to_string() left_ms=at.since(now).as_ms() /> });
            view! { <dt><a class="plain" href=address(&task.id) dir="auto">{task.title}</a><br />{left}</dt><dd><Amount money=task.price /></dd> }
        });
        let lines = lines.collect_view();
        let rest = (rest > Money::ZERO).then(|| view! { <Sum label="Approved or judged, not released yet" money=rest /> });
        view! { <Sums>{lines}{rest}<Sum label="Total, USD" money=pending total=true /></Sums> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="releases">
            <div class="section-head"><h2 id="releases">"Pending releases"</h2></div>
            {inside}
        </section>
    }
}

/// The API keys with their last use and their expiry.
#[component]
pub fn Keys(keys: Page<Key>) -> impl IntoView {
    let more = keys.total - i64::try_from(keys.items.len()).unwrap_or(0);
    let inside = if keys.items.is_empty() {
        view! { <p class="soft">"A program that works for you needs a key. "<a href="/settings/keys#new">"Make one"</a>"."</p> }.into_any()
    } else {
        let lines = keys.items.into_iter().map(|key| view! { <Line key=key /> }).collect_view();
        let more = (more > 0).then(|| view! { <p class="help mt-2"><a href="/settings/keys">{format!("{more} more")}</a></p> });
        view! { <ul class="grid gap-4">{lines}</ul>{more} }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="keys">
            <div class="section-head"><h2 id="keys">"API keys"</h2><a href="/settings/keys">"Manage"</a></div>
            {inside}
        </section>
    }
}

#[component]
fn Line(key: Key) -> impl IntoView {
    let used = match key.last_used_at {
        Some(at) => view! { <When at=at /> }.into_any(),
        None => "never".into_any(),
    };
    let expires = match key.expires_at {
        Some(at) => view! { <When at=at day_only=true /> }.into_any(),
        None => "when revoked".into_any(),
    };
    let label = format!("Revoke {}", key.name);
    view! {
        <li>
            <dl class="sums">
                <dt><b><Name text=key.name /></b></dt><dd class="mono">{key.prefix.lead()}"…"{key.last_four}</dd>
                <dt class="soft">"Last used"</dt><dd>{used}</dd>
                <dt class="soft">"Ends"</dt><dd>{expires}</dd>
            </dl>
            <a class="xs" href="/settings/keys" aria-label=label>"Revoke"</a>
        </li>
    }
}
