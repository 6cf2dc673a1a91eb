//! A page that reads: it waits for its call, then is drawn whole, or is the error page with the error's status.

use crate::fault::Fault;
use crate::lost::Lost;
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use std::future::Future;

/// Draws what a call answers.
pub fn load<T, V>(
    call: impl Future<Output = Result<T, Fault>> + Send + 'static,
    draw: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    V: IntoView + 'static,
{
    Suspend::new(async move {
        let drawn = match call.await {
            Ok(answer) => draw(answer).into_any(),
            Err(Fault(error)) => view! { <Lost error=error /> }.into_any(),
        };
        // Nothing in it waits any more: in one piece it costs a fraction of what the waiting way of drawing does.
        InertElement::new(drawn.to_html())
    })
}
